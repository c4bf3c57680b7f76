import type { MessageRow } from "./rows";

/** The default alphabet of GSM 03.38, and what it reaches by an escape, at the price of two. */
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENDED = "\f^{}\\[~]|€";

const GSM_7 = { alone: 160, joined: 153 };
const UCS_2 = { alone: 70, joined: 67 };

/**
 * How many SMS a text takes: https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding. A text of several
 * gives some room to what joins them, and none ends within a character.
 */
export function segmentsOf(text: string): number {
  const characters = [...text];
  const gsm = characters.every((character) => BASIC.includes(character) || EXTENDED.includes(character));
  const sizes = characters.map((character) => (gsm ? (EXTENDED.includes(character) ? 2 : 1) : character.length));
  const { alone, joined } = gsm ? GSM_7 : UCS_2;
  if (sizes.reduce((sum, size) => sum + size, 0) <= alone) return 1;
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > joined) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return segments;
}

/** Segments are a matter of SMS without files; anything else is one. */
export function messageSegments({ to, from, body, media }: MessageRow): number {
  return media.length > 0 || to.includes(":") || from?.includes(":") ? 1 : segmentsOf(body);
}
