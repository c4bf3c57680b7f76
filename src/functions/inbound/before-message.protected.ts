import * as z from "zod/mini";
import { checkMessage } from "../../conversation/check-message";
import { defineFunction } from "../../runtime/define-function";
import { sid } from "../../runtime/env";
import type { Reply } from "../../runtime/reply";
import { text } from "../../runtime/request";
import { signedByTwilio } from "../../runtime/twilio-signature";
import { mediaInWebhook } from "../../twilio/media";

/** Leaves the Message as it is. */
const UNCHANGED: Reply = { status: 200, body: {} };

/**
 * Pre-event webhook of the Flex Chat Service, where an administrator wants it: Twilio publishes nothing, of customers
 * neither, while a 4xx or 5xx is answered here. So whatever fails, a forged call too, is answered with "unchanged", and
 * only files of those who write by a client SDK, who see the refusal, are refused.
 * https://www.twilio.com/docs/conversations-classic/conversations-webhooks#pre-event-webhooks
 */
export const handler = defineFunction({
  caller: signedByTwilio,
  env: z.object({}),
  input: z.object({
    EventType: text(64),
    Source: z._default(text(32), ""),
    ClientIdentity: z._default(text(256), ""),
    ConversationSid: sid("CH"),
    Author: text(256),
    Body: z._default(text(65_536), ""),
    Media: z._default(text(65_536), "[]"),
    /** A template's words are its own; that this field is told is unverified. */
    ContentSid: z.optional(text(64)),
  }),
  within: 3_000,
  onFailure: UNCHANGED,
  async run({ ConversationSid: conversationSid, Author: author, Body: body, ...event }, services) {
    const bySdk = event.Source === "SDK" && event.ClientIdentity === author;
    if (event.EventType !== "onMessageAdd" || !bySdk || event.ContentSid) return UNCHANGED;
    const files = mediaInWebhook(event.Media);
    if (!files) return UNCHANGED;
    const checked = await checkMessage(services, { conversationSid, author, body, files });
    if (checked.as === "it is") return UNCHANGED;
    if (checked.as === "words") return { status: 200, body: { body: checked.body } };
    const { reason: code, words: message } = checked;
    services.log.warn("message_refused", { conversationSid, code });
    return { status: 422, body: { error: { code, message, field: "Media" } } };
  },
});
