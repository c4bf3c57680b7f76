/** More than anybody is called; Twilio's friendly names hold 256 too. */
const LONGEST = 256;

/** A name on one line. What turns the direction of writing would turn the page around it, too. */
export function oneLine(text: string, most = LONGEST): string {
  const line = text
    .slice(0, 4 * most)
    .replace(/\p{Bidi_Control}/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return line
    .slice(0, most)
    .replace(/[\ud800-\udbff]$/, "")
    .trim();
}

/** `pt-br` is `pt-BR`, as https://www.rfc-editor.org/info/bcp47 spells it; undefined for what is no language. */
export function languageTag(code = ""): string | undefined {
  try {
    return /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(code) ? Intl.getCanonicalLocales(code)[0] : undefined;
  } catch {
    return undefined;
  }
}

/** Where a user is, for agents to look at: https://developers.google.com/maps/documentation/urls/get-started#search-action */
export function mapLink(latitude: number, longitude: number): string {
  const [north, east] = [latitude, longitude].map((degrees) => Number(degrees.toFixed(6)));
  return `https://www.google.com/maps/search/?api=1&query=${north},${east}`;
}
