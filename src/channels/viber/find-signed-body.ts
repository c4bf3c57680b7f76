import { createHash, type Hash, timingSafeEqual } from "node:crypto";
import { integersOf } from "./exact-json";
import { type WrittenBody, writtenBodies } from "./spellings";

/** Bytes hashed at most for one event, a few tenths of a second; beginning and ending a hash takes as long as this many. */
const MOST_WORK = 128 * 1024 * 1024;
const WORK_EACH = 4 * 1024;

export interface SignedCall {
  body: Record<string, unknown>;
  /** What the caller sent, as hexadecimal digits. */
  signature: string;
  /** Bytes of the body as it was sent, where known: few spellings have as many. */
  length?: number;
}

/**
 * Finds the text that was signed, of which a Function sees the parsed values only: the HMAC-SHA256 of one of the texts
 * that parse to them is the signature, https://developers.viber.com/docs/api/rest-bot-api/#callbacks. Undefined when none
 * is, or none was found with bounded work.
 */
export function findSignedBody({ body, signature, length }: SignedCall, token: string): string | undefined {
  if (!/^[0-9a-f]{64}$/i.test(signature)) return undefined;
  const expected = Buffer.from(signature, "hex");
  const hmac = hmacStart(token);
  const work = { left: MOST_WORK };
  for (const written of ofLength(length, writtenBodies(body))) {
    const found = findIn(written, expected, hmac, work);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** All of them where none is of this length: what told it may have counted something else. */
function ofLength(length: number | undefined, bodies: WrittenBody[]): WrittenBody[] {
  const fitting = bodies.filter((body) => lengthOf(body) === length);
  return fitting.length > 0 ? fitting : bodies;
}

const lengthOf = ({ before, after, rounded }: WrittenBody) =>
  Buffer.byteLength(before + after) + (rounded === undefined ? 0 : String(BigInt(rounded)).length);

function findIn(
  { before, after, rounded }: WrittenBody,
  expected: Buffer,
  { inner, outer }: HmacStart,
  work: { left: number },
): string | undefined {
  const start = inner.copy().update(before);
  const tail = Buffer.from(after);
  for (const integer of rounded === undefined ? [""] : integersOf(rounded)) {
    work.left -= tail.length + WORK_EACH;
    if (work.left < 0) return undefined;
    const digest = start.copy().update(String(integer)).update(tail).digest();
    if (timingSafeEqual(outer.copy().update(digest).digest(), expected)) return `${before}${integer}${after}`;
  }
  return undefined;
}

/** The two hashes of an HMAC when they have taken in the secret, https://www.rfc-editor.org/rfc/rfc2104: the work is done once. */
interface HmacStart {
  inner: Hash;
  outer: Hash;
}

const BLOCK = 64;

function hmacStart(secret: string): HmacStart {
  const bytes = Buffer.from(secret);
  const key = Buffer.alloc(BLOCK);
  (bytes.length > BLOCK ? createHash("sha256").update(bytes).digest() : bytes).copy(key);
  const padded = (pad: number) => createHash("sha256").update(key.map((byte) => byte ^ pad));
  return { inner: padded(0x36), outer: padded(0x5c) };
}
