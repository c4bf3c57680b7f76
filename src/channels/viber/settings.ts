import * as z from "zod/mini";

/** The secret that Viber gave us: what signs its callbacks, and our key to its API. */
export const accountEnv = z.object({ VIBER_AUTH_TOKEN: z.string().check(z.regex(/^[\w-]{16,256}$/)) });

const webhookKey = z.string().check(z.regex(/^[\w-]{32,256}$/, "needs 32 characters or more of A-Z a-z 0-9 _ -"));

/** What proves that Viber called. */
export const callerEnv = z.extend(accountEnv, {
  /** Random, at the end of the webhook's URL; the second is accepted too while it takes the place of the first. */
  VIBER_WEBHOOK_KEY: webhookKey,
  VIBER_WEBHOOK_KEY_NEXT: z.optional(webhookKey),
  /** `secret-only`: the key is proof enough, where a runtime keeps too little of the body to check its signature. */
  VIBER_SIGNATURE: z._default(z.enum(["strict", "secret-only"]), "strict"),
});

/** What speaks to Viber's users. */
export const senderEnv = z.extend(accountEnv, {
  /** The name they see; at most 28 characters, https://developers.viber.com/docs/api/rest-bot-api/#send-message */
  VIBER_SENDER_NAME: z.string().check(z.minLength(1), z.maxLength(28)),
});
