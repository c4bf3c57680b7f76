import type { TokenRow } from "./tokens";

/**
 * What npm twilio-flex-token-validator hands on as `TokenResult`. It reads `valid` and `message` alone, so the values of
 * `code`, those beside a refusal, and the forms of `expiration` and `realm_user_id` are unverified.
 */
export function renderValidation(token: TokenRow | undefined) {
  if (!token) return refusal();
  const { identity, roles, workerSid, expiresAt } = token;
  return {
    valid: true,
    code: 0,
    message: null,
    expiration: `${expiresAt.toISOString().slice(0, 19)}Z`,
    realm_user_id: identity,
    identity,
    roles,
    worker_sid: workerSid,
  };
}

/** Nothing tells an expired token from one that never was. 20101: https://www.twilio.com/docs/api/errors/20101 */
function refusal() {
  return {
    valid: false,
    code: 20101,
    message: "Invalid Access Token",
    expiration: null,
    realm_user_id: null,
    identity: null,
    roles: null,
    worker_sid: null,
  };
}
