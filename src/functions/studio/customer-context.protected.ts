import * as z from "zod/mini";
import { describeCustomer } from "../../conversation/describe-customer";
import { defineFunction } from "../../runtime/define-function";
import { sid } from "../../runtime/env";
import { flexEnv } from "../../runtime/flex-env";
import { text } from "../../runtime/request";
import { signedByTwilio } from "../../runtime/twilio-signature";

/** First widget of every Flow, and again before Send to Flex: who the customer is, and who has them. */
export const handler = defineFunction({
  caller: signedByTwilio,
  env: flexEnv,
  input: z.object({
    conversationSid: sid("CH"),
    author: text(256).check(z.minLength(1)),
    body: z._default(text(65_536), ""),
    flowSid: sid("FW"),
    executionSid: sid("FN"),
    step: z._default(z.enum(["start", "route"]), "start"),
  }),
  within: 8_000,
  run: (visit, services) => describeCustomer(services, visit),
});
