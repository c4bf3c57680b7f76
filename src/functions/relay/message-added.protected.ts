import * as z from "zod/mini";
import { relayMessage } from "../../conversation/custom/relay-message";
import { defineFunction } from "../../runtime/define-function";
import { sid } from "../../runtime/env";
import { flexEnv } from "../../runtime/flex-env";
import { text } from "../../runtime/request";
import { signedByTwilio } from "../../runtime/twilio-signature";
import { readAttributes } from "../../twilio/conversations";
import { mediaInWebhook } from "../../twilio/media";

/**
 * Scoped webhook of Conversations with customers on channels of ours: carries to them what is said there. Answers 200
 * wherever a repeat would help nobody; events that we do not carry are normal.
 * Fields: https://www.twilio.com/docs/conversations-classic/conversations-webhooks#onmessageadded
 */
export const handler = defineFunction({
  caller: signedByTwilio,
  env: flexEnv,
  input: z.object({
    EventType: text(64),
    ConversationSid: z.optional(sid("CH")),
    MessageSid: z.optional(sid("IM")),
    Author: z.optional(text(256)),
    Body: z._default(text(65_536), ""),
    Attributes: z._default(text(65_536), "{}"),
    Media: z._default(text(65_536), "[]"),
  }),
  within: 8_000,
  async run(
    { EventType, ConversationSid: conversationSid, MessageSid: messageSid, Author: author, ...said },
    services,
  ) {
    if (EventType !== "onMessageAdded" || !conversationSid || !messageSid || !author) return { status: "ignored" };
    const { Body: body, Attributes, Media } = said;
    const files = mediaInWebhook(Media) ?? [];
    const attributes = readAttributes(Attributes);
    return { ...(await relayMessage(services, { conversationSid, messageSid, author, body, files, attributes })) };
  },
});
