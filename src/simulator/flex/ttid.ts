const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const TIME_DIGITS = 10;
const RANDOM_DIGITS = 16;

/** `flex_interactionwebhook_<ulid>`, https://github.com/ulid/spec: a time and 80 bits, given as hex, in base 32. */
export function interactionWebhookTtid(ms: number, hex: string): string {
  const random = BigInt(`0x${hex.slice(0, 20)}`);
  return `flex_interactionwebhook_${base32(BigInt(ms), TIME_DIGITS)}${base32(random, RANDOM_DIGITS)}`;
}

function base32(value: bigint, digits: number): string {
  const places = Array.from({ length: digits }, (_, index) => BigInt(5 * (digits - 1 - index)));
  return places.map((place) => ALPHABET[Number((value >> place) & 31n)]).join("");
}
