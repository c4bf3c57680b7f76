import type { TwilioClient } from "../runtime/twilio-client";
import { readAttributes } from "./conversations";

export interface StoredMessage {
  sid: string;
  author: string;
  body: string;
  attributes: Record<string, unknown>;
  createdAt: Date;
}

export interface NewMessage {
  /** Who speaks; `system` when absent. */
  author?: string;
  body: string;
  attributes?: Record<string, unknown>;
  createdAt?: Date;
  /** Whether webhooks hear of it. */
  webhooks?: boolean;
}

/** The newest Messages, oldest of them first. Bounded, however long the Conversation. */
export async function newestMessages(
  twilio: TwilioClient,
  conversationSid: string,
  count: number,
): Promise<StoredMessage[]> {
  const rows = await twilio.conversations.v1
    .conversations(conversationSid)
    .messages.list({ order: "desc", limit: count, pageSize: count });
  return rows
    .map(({ sid, author, body, attributes, dateCreated }) => ({
      sid,
      author,
      body: body ?? "",
      attributes: readAttributes(attributes),
      createdAt: dateCreated,
    }))
    .reverse();
}

export async function postMessage(twilio: TwilioClient, conversationSid: string, message: NewMessage): Promise<string> {
  const { author, body, attributes, createdAt, webhooks = false } = message;
  const { sid } = await twilio.conversations.v1.conversations(conversationSid).messages.create({
    author,
    body,
    ...(attributes ? { attributes: JSON.stringify(attributes) } : {}),
    ...(createdAt ? { dateCreated: createdAt } : {}),
    ...(webhooks ? { xTwilioWebhookEnabled: "true" as const } : {}),
  });
  return sid;
}
