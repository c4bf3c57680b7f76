/*
 * Viber's message tokens are integers of 64 bits, and JSON.parse keeps 53 of them.
 */

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;
const IMPRECISE = /^-?\d{16,}$/;

/** JSON.parse, with integers that a number cannot hold as texts. Throws as it does, before a text that is none is searched. */
export function parseExactly(json: string): unknown {
  JSON.parse(json);
  return JSON.parse(json.replace(STRING_OR_NUMBER, (token) => (isImprecise(token) ? `"${token}"` : token)));
}

const isImprecise = (token: string) => IMPRECISE.test(token) && !Number.isSafeInteger(Number(token));

/** What the last unsigned integers of 64 bits are rounded to. */
const LARGEST = 2 ** 64;

/** Whether JSON.parse may have rounded an integer to this, and `integersOf` knows from which. */
export const isRounded = (value: number) => value > Number.MAX_SAFE_INTEGER && value <= LARGEST;

/** All integers that JSON.parse rounds to this one: 1,025 at most below 2^63, where tokens are, and 3,073 at 2^64. */
export function* integersOf(rounded: number): Generator<bigint> {
  const middle = BigInt(rounded);
  for (let integer = middle; Number(integer) === rounded; integer += 1n) yield integer;
  for (let integer = middle - 1n; Number(integer) === rounded; integer -= 1n) yield integer;
}
