import * as z from "zod/mini";
import { conversationClosed, watchOver } from "../../conversation/watch-over";
import { defineFunction } from "../../runtime/define-function";
import { sid } from "../../runtime/env";
import { flexEnv } from "../../runtime/flex-env";
import { text } from "../../runtime/request";
import { signedByTwilio } from "../../runtime/twilio-signature";

/**
 * Post-event webhook of the Flex Chat Service. Fields of the state event:
 * https://www.twilio.com/docs/conversations-classic/conversations-webhooks#onconversationstateupdated
 */
export const handler = defineFunction({
  caller: signedByTwilio,
  env: flexEnv,
  input: z.object({
    EventType: text(64),
    ConversationSid: z.optional(sid("CH")),
    StateTo: z.optional(text(32)),
    Reason: z.optional(text(32)),
  }),
  within: 8_000,
  async run({ EventType, ConversationSid: conversationSid, StateTo, Reason }, services) {
    if (EventType !== "onConversationStateUpdated" || !conversationSid) return { status: "ignored" };
    if (StateTo === "closed") {
      await conversationClosed(services, conversationSid, services.now());
      return { status: "closed" };
    }
    if (StateTo !== "inactive" || Reason !== "TIMER") return { status: "ignored" };
    await watchOver(services, conversationSid);
    return { status: "watched" };
  },
});
