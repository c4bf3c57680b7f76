/** Widths in em, of the widest among common sans-serif fonts, so that text fits its box in any of them. */
const WIDTHS: readonly (readonly [characters: string, em: number])[] = [
  ["ijl'|", 0.29],
  [" .,:;/\\!", 0.34],
  ["ft()[]-", 0.4],
  ['r"I`', 0.46],
  ["_*s?zcJ{}", 0.56],
  ["mMW@%…—", 1],
  ["w#=+<>~^&GOQDNHU", 0.84],
  ["ABCEFKLPRSTVXYZ", 0.72],
];
const EM = new Map(WIDTHS.flatMap(([characters, em]) => [...characters].map((one) => [one, em] as const)));
const OTHER = 0.64;
/** Letters of other scripts and pictures. */
const WIDE = 1.2;
const BOLD = 1.1;

export function widthOf(text: string, size: number, weight: "bold" | "normal" = "normal"): number {
  let em = 0;
  for (const character of text) em += EM.get(character) ?? (character > "\u02ff" ? WIDE : OTHER);
  return em * size * (weight === "bold" ? BOLD : 1);
}

/** The text as far as it fits, with an ellipsis where it does not. */
export function fitting(text: string, most: number, size: number, weight?: "bold" | "normal"): string {
  if (widthOf(text, size, weight) <= most) return text;
  const characters = [...text];
  while (characters.length > 1 && widthOf(`${characters.join("")}…`, size, weight) > most) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}
