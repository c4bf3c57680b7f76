import type { Authenticate, Call } from "../../runtime/authenticate";
import { readEnv } from "../../runtime/env";
import { ForgedRequestError } from "../../runtime/errors";
import { requireJson } from "../../runtime/request";
import { isSecret } from "../../runtime/same-secret";
import { isSmall } from "./body-size";
import { parseExactly } from "./exact-json";
import { findSignedBody } from "./find-signed-body";
import { callerEnv } from "./settings";

/** A callback's fields, its message token as it was sent. */
export interface ViberCallback {
  [field: string]: unknown;
  /** Stands on those that only the key in the URL speaks for: worth a warning in the log. */
  verified?: false;
}

/**
 * Viber, by the key at the end of the webhook's URL and, under `VIBER_SIGNATURE=strict`, by its signature of the body.
 * Cheap proofs come first. Fields beside the body's own, in the URL or in its place, spoil the signature.
 */
export const caller: Authenticate<ViberCallback> = ({ request, variables }) => {
  requireJson(request);
  const env = readEnv(callerEnv, variables);
  if (!isSecret(request.fields.key, env.VIBER_WEBHOOK_KEY, env.VIBER_WEBHOOK_KEY_NEXT)) {
    throw new ForgedRequestError("viber", "the URL has to end with ?key= and the value of VIBER_WEBHOOK_KEY");
  }
  const { key: _, sig: __, ...body } = request.fields;
  if (!isSmall(body)) throw new ForgedRequestError("viber", "the body is larger than any of Viber's");
  if (env.VIBER_SIGNATURE === "secret-only") return { ...body, verified: false };
  const signature = request.header("x-viber-content-signature") ?? "";
  const signed = findSignedBody({ body, signature, length: lengthOf(request) }, env.VIBER_AUTH_TOKEN);
  if (signed === undefined) throw new ForgedRequestError("viber", "the signature does not match the body");
  return parseExactly(signed) as ViberCallback;
};

function lengthOf(request: Call["request"]): number | undefined {
  const length = request.header("content-length");
  return length === undefined ? undefined : Number(length);
}
