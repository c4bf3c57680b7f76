import { getExpectedTwilioSignature, validateRequest } from "twilio/lib/webhooks/webhooks";
import type { Authenticate } from "./authenticate";
import { publicUrl } from "./env";
import { ForgedRequestError } from "./errors";
import { requireForm } from "./request";

/**
 * Callers that sign as Twilio does: webhooks, Studio, TaskRouter
 * (https://www.twilio.com/docs/usage/webhooks/webhooks-security). The URL comes from the service's own domain or from
 * PUBLIC_BASE_URL, never from the request. Only form bodies: of any other, a Function cannot see the bytes that were signed.
 */
export const signedByTwilio: Authenticate<"twilio"> = ({ request, env, path }) => {
  requireForm(request);
  if (env.SIGNATURE_CHECK === "gateway") return "twilio";
  const signature = request.header("x-twilio-signature");
  if (!signature) throw new ForgedRequestError("twilio", "the X-Twilio-Signature header is missing");
  if (validateRequest(env.AUTH_TOKEN, signature, publicUrl(env, path), request.fields)) return "twilio";
  throw new ForgedRequestError("twilio", "the signature does not match this URL and these fields");
};

/** What such a call carries, for a Function of ours that calls another. */
export const signAsTwilio = (authToken: string, url: string, fields: Record<string, string>): string =>
  getExpectedTwilioSignature(authToken, url, fields);
