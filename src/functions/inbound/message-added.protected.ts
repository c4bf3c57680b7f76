import * as z from "zod/mini";
import { receiveMessage } from "../../conversation/receive-message";
import { defineFunction } from "../../runtime/define-function";
import { sid } from "../../runtime/env";
import { flexEnv } from "../../runtime/flex-env";
import { newRequestId } from "../../runtime/log";
import { text } from "../../runtime/request";
import { signedByTwilio } from "../../runtime/twilio-signature";

/**
 * Webhook of Addresses bound to a URL, and one scoped webhook of their Conversations. Events we do not carry answer 200.
 * Fields: https://www.twilio.com/docs/conversations-classic/conversations-webhooks#onmessageadded
 */
export const handler = defineFunction({
  caller: signedByTwilio,
  env: flexEnv,
  input: z.object({
    EventType: text(64),
    ConversationSid: z.optional(sid("CH")),
    Author: z.optional(text(256)),
    Body: z._default(text(65_536), ""),
    Index: z.optional(z.coerce.number().check(z.int(), z.gte(0))),
  }),
  within: 8_000,
  async run({ EventType, ConversationSid: conversationSid, Author: author, Body: body, Index: index = 1 }, services) {
    if (EventType !== "onMessageAdded" || !conversationSid || !author) return { status: "ignored" };
    const { status } = await receiveMessage(services, { conversationSid, author, body, index, owner: newRequestId() });
    return { status };
  },
});
