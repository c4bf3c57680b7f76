import { createHmac, timingSafeEqual } from "node:crypto";
import { ApiError } from "../server/api-error";
import type { World } from "../world";

/** Where links that need no credentials lead. */
export const DIRECT_HOST = "media.us1.twilio.com";

/** That Twilio's links live five minutes, as theirs of other products do, is unverified. */
const LIFE_S = 300;

/** A link by which anybody may read the file for a while. */
export function directLink({ account, clock }: World, sid: string): string {
  const expires = Math.floor(clock.ms() / 1000) + LIFE_S;
  const query = new URLSearchParams({ Expires: String(expires), Signature: signatureOf(account, sid, expires) });
  return `https://${DIRECT_HOST}/${sid}?${query}`;
}

/** How Twilio refuses a link that ran out or was changed is unverified, but for the 403 that its storage gives. */
export function refuseLink({ account, clock }: World, sid: string, query: { expires?: number; signature?: string }) {
  const { expires = 0, signature = "" } = query;
  if (!same(signature, signatureOf(account, sid, expires))) throw new ApiError(403, 20403, "The link is not valid");
  if (clock.ms() >= expires * 1000) throw new ApiError(403, 20403, "The link has expired");
}

function signatureOf({ authToken }: World["account"], sid: string, expires: number): string {
  return createHmac("sha256", authToken).update(`${sid}.${expires}`).digest("base64url");
}

function same(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
