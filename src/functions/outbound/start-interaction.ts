import * as z from "zod/mini";
import { channelOfAddress } from "../../channels/addresses";
import { startOutbound } from "../../conversation/start-outbound";
import { defineFunction } from "../../runtime/define-function";
import { sid } from "../../runtime/env";
import { InvalidInputError } from "../../runtime/errors";
import { flexEnv } from "../../runtime/flex-env";
import { text } from "../../runtime/request";
import { flexToken } from "../../twilio/flex-token";

/**
 * An agent writes first, by SMS. Sender and queue come from the service's variables and the agent from the token: the
 * caller chooses the customer and the words, nothing else.
 */
export const handler = defineFunction({
  caller: flexToken(["agent", "supervisor", "admin"]),
  browser: "flex",
  env: z.extend(flexEnv, {
    FLEX_OUTBOUND_QUEUE_SID: sid("WQ"),
    SMS_SENDER: z.string().check(z.regex(/^\+[1-9]\d{6,14}$/, "a number like +15550100100 is needed")),
  }),
  input: z.object({
    to: text(256),
    body: text(1600).check(z.minLength(1)),
    idempotencyKey: z.string().check(z.regex(/^[\w-]{8,64}$/, "must be 8 to 64 letters, digits, - or _")),
  }),
  within: 8_000,
  async run(message, services) {
    if (channelOfAddress(message.to) !== "sms") throw new InvalidInputError("to", "must be a number like +15550101234");
    if (message.to === services.env.SMS_SENDER) throw new InvalidInputError("to", "is your own number");
    const { status, ...made } = await startOutbound(services, message);
    const { conversationSid, messageSid, interactionSid = "", channelSid = "", taskSid = "" } = made;
    const body = { status, conversationSid, interactionSid, channelSid, taskSid, messageSid };
    return { status: status === "pending" ? 202 : 200, body };
  },
});
