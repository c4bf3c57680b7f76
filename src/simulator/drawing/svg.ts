const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

/** Text for XML; characters that XML cannot hold become a sign that something was there. */
export function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

type Attributes = Record<string, string | number | undefined>;

/** An element; what is inside is markup already. */
export function element(name: string, attributes: Attributes, ...inside: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(
      ([key, value]) =>
        ` ${key}="${escaped(typeof value === "number" ? String(Math.round(value * 10) / 10) : String(value))}"`,
    )
    .join("");
  return inside.length > 0 ? `<${name}${written}>${inside.join("")}</${name}>` : `<${name}${written}/>`;
}

export const title = (text: string) => element("title", {}, escaped(text));
