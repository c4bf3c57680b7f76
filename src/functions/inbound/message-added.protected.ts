import * as z from "zod/mini";
import { markFiles } from "../../conversation/mark-files";
import { receiveMessage } from "../../conversation/receive-message";
import { defineFunction } from "../../runtime/define-function";
import { sid } from "../../runtime/env";
import { flexEnv } from "../../runtime/flex-env";
import { newRequestId } from "../../runtime/log";
import { text } from "../../runtime/request";
import { signedByTwilio } from "../../runtime/twilio-signature";
import { mediaInWebhook } from "../../twilio/media";

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
    MessageSid: z.optional(sid("IM")),
    Media: z._default(text(65_536), "[]"),
  }),
  within: 8_000,
  async run({ EventType, ConversationSid: conversationSid, Author: author, Body: body, ...event }, services) {
    if (EventType !== "onMessageAdded" || !conversationSid || !author) return { status: "ignored" };
    const { Index: index = 1, MessageSid: messageSid } = event;
    const files = mediaInWebhook(event.Media) ?? [];
    // To its end, whatever becomes of the rest: a reply would stop it half way.
    const marked = messageSid && markFiles(services, { conversationSid, messageSid, author, files });
    const message = { conversationSid, author, body, index, owner: newRequestId() };
    const { status } = await receiveMessage(services, message).finally(() => marked);
    return { status };
  },
});
