import * as z from "zod/mini";
import { sayInFlow } from "../../conversation/say-in-flow";
import { defineFunction } from "../../runtime/define-function";
import { sid } from "../../runtime/env";
import { flexEnv } from "../../runtime/flex-env";
import { blankAsUndefined, text } from "../../runtime/request";
import { signedByTwilio } from "../../runtime/twilio-signature";

/**
 * How Flows of channels that Twilio does not carry speak, and ask: an Execution ends after its question, and the answer
 * begins the next one, to which `studio/customer-context` tells the step. Works on all other channels, too.
 */
export const handler = defineFunction({
  caller: signedByTwilio,
  env: flexEnv,
  input: z.object({
    conversationSid: sid("CH"),
    executionSid: sid("FN"),
    body: text(8_000).check(z.regex(/\S/, "must have words")),
    after: blankAsUndefined(
      z.string().check(z.regex(/^(?:IM[0-9a-f]{32}|\d{1,9})$/, "must be a Message's SID or index")),
    ),
    next: blankAsUndefined(z.string().check(z.regex(/^[\w-]{1,64}$/, "must be one word"))),
    asked: blankAsUndefined(z.coerce.number().check(z.int(), z.gte(0), z.maximum(99))),
    wait: blankAsUndefined(z.coerce.number().check(z.int(), z.gte(60), z.maximum(86_400))),
  }),
  within: 8_000,
  run({ next, asked = 0, ...speech }, services) {
    return sayInFlow(services, { ...speech, step: next === undefined ? undefined : { name: next, asked } });
  },
});
