import { createHash, timingSafeEqual } from "node:crypto";

/** In characters, more than any secret has: what is longer is not worth a digest. */
const LONGEST = 4_096;

/**
 * Whether this is one of the secrets, in constant time: digests have the same length, whatever was sent. One that is not
 * set is nobody's; a second one lets secrets rotate without a gap.
 */
export function isSecret(given: unknown, ...secrets: readonly (string | undefined)[]): boolean {
  if (typeof given !== "string" || given.length > LONGEST) return false;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const found = secrets.map((secret) => secret !== undefined && timingSafeEqual(digest(given), digest(secret)));
  return found.includes(true);
}
