import { createHash } from "node:crypto";
import * as z from "zod/mini";
import type { Authenticate, Call } from "../runtime/authenticate";
import { ForbiddenError, TwilioUnclear, UnauthenticatedError } from "../runtime/errors";

export type Role = "agent" | "supervisor" | "admin";

/** Somebody who works in Flex, as their token says. */
export interface FlexUser {
  workerSid: string;
  identity: string;
  roles: readonly string[];
}

const answerSchema = z.object({
  valid: z.boolean(),
  roles: z.optional(z.nullable(z.array(z.string()))),
  identity: z.optional(z.nullable(z.string())),
  worker_sid: z.optional(z.nullable(z.string())),
});

/** Tokens seldom exceed 2 KB. */
const LONGEST_TOKEN = 8_192;
const KEPT_MS = 60_000;
const MOST_KEPT = 500;
/** By digest, so that no token stays in memory; bounded, a minute at most. */
const kept = new Map<string, { user: FlexUser; until: number }>();

/**
 * Callers with a Flex token in the field `Token` and one of these roles. The token is shown to Twilio, which alone can
 * tell: https://www.twilio.com/docs/flex/developer/plugins/call-functions. Guests of web chats have tokens too: they are refused.
 */
export function flexToken(roles: readonly Role[]): Authenticate<FlexUser> {
  return async (call) => {
    const user = await userOf(call);
    if (user.roles.includes("guest") || !roles.some((role) => user.roles.includes(role))) {
      throw new ForbiddenError(`This needs one of the roles ${roles.join(", ")}.`);
    }
    return user;
  };
}

async function userOf(call: Call): Promise<FlexUser> {
  const { Token: token } = call.request.fields;
  if (typeof token !== "string" || token === "" || token.length > LONGEST_TOKEN) {
    throw new UnauthenticatedError("Send the Flex token in the field Token.");
  }
  const digest = createHash("sha256").update(token).digest("hex");
  const known = kept.get(digest);
  if (known && Date.now() < known.until) return known.user;
  const user = await validate(call, token);
  const oldest = kept.keys().next().value;
  if (kept.size >= MOST_KEPT && oldest) kept.delete(oldest);
  kept.set(digest, { user, until: Date.now() + KEPT_MS });
  return user;
}

async function validate({ twilio, env }: Call, token: string): Promise<FlexUser> {
  const response = await twilio().request({
    method: "post",
    uri: `https://iam.twilio.com/v1/Accounts/${env.ACCOUNT_SID}/Tokens/validate`,
    headers: { "Content-Type": "application/json" },
    data: { token },
  });
  const body: unknown = typeof response.body === "string" ? parse(response.body) : response.body;
  const answer = answerSchema.safeParse(body);
  if (!answer.success) throw new TwilioUnclear(answer.error);
  const { valid, worker_sid: workerSid, identity, roles } = answer.data;
  if (!valid || !identity) throw new UnauthenticatedError("The Flex token is not valid, or no longer: sign in again.");
  if (!workerSid) throw new ForbiddenError("The token belongs to no worker.");
  return { workerSid, identity, roles: roles ?? [] };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
