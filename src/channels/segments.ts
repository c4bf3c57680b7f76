/** GSM 03.38: what it writes in one place, and what takes two. */
const ONE =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const TWO = "\f^{}\\[~]|€";
const PLACES = new Map([...[...ONE].map((each) => [each, 1] as const), ...[...TWO].map((each) => [each, 2] as const)]);

/**
 * How many SMS a text is paid as: https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding. One character
 * outside of GSM-7 makes all of it UCS-2. Several are joined by a header, and none ends within a character.
 */
export function segmentsOf(text: string): number {
  const characters = [...text];
  const gsm = characters.map((character) => PLACES.get(character));
  const isGsm = !gsm.includes(undefined);
  const sizes = isGsm ? gsm.map((size) => size ?? 1) : characters.map(({ length }) => length);
  const [alone, joined] = isGsm ? [160, 153] : [70, 67];
  if (sizes.reduce((sum, size) => sum + size, 0) <= alone) return 1;
  const { segments } = sizes.reduce(
    ({ segments, used }, size) =>
      used + size > joined ? { segments: segments + 1, used: size } : { segments, used: used + size },
    { segments: 1, used: 0 },
  );
  return segments;
}
