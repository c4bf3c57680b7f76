import type { TwilioClient } from "../runtime/twilio-client";
import { readAttributes } from "./conversations";
import { type MessageFile, mediaOf } from "./media";

export interface StoredMessage {
  sid: string;
  /** The first of its Conversation has 0. */
  index: number;
  author: string;
  body: string;
  attributes: Record<string, unknown>;
  createdAt: Date;
  files: MessageFile[];
}

export type PostedMessage = Pick<StoredMessage, "sid" | "body">;

/** What a Message says: words, a template with what stands in its places, or a file that no other Message shows, with words beside it. */
export type MessageContent =
  | { body: string }
  | { contentSid: string; contentVariables?: Record<string, string> }
  | { mediaSid: string; body?: string };

export type NewMessage = MessageContent & {
  /** Who speaks; `system` when absent. */
  author?: string;
  attributes?: Record<string, unknown>;
  createdAt?: Date;
  /** Whether webhooks hear of it. */
  webhooks?: boolean;
};

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
    .map(({ sid, index, author, body, attributes, dateCreated, media }) => ({
      sid,
      index,
      author,
      body: body ?? "",
      attributes: readAttributes(attributes),
      createdAt: dateCreated,
      files: mediaOf(media),
    }))
    .reverse();
}

/** Answers what it says, too: of a template only Twilio knows. */
export async function postMessage(
  twilio: TwilioClient,
  conversationSid: string,
  { author, attributes, createdAt, webhooks = false, ...content }: NewMessage,
): Promise<PostedMessage> {
  const { sid, body } = await twilio.conversations.v1.conversations(conversationSid).messages.create({
    author,
    ...paramsOf(content),
    ...(attributes ? { attributes: JSON.stringify(attributes) } : {}),
    ...(createdAt ? { dateCreated: createdAt } : {}),
    ...(webhooks ? { xTwilioWebhookEnabled: "true" as const } : {}),
  });
  return { sid, body: body ?? "" };
}

/** Changes what a Message says, and its attributes, which are replaced whole. No webhook hears of it. */
export async function changeMessage(
  twilio: TwilioClient,
  conversationSid: string,
  messageSid: string,
  { body, attributes }: { body?: string; attributes: Record<string, unknown> },
): Promise<void> {
  const message = twilio.conversations.v1.conversations(conversationSid).messages(messageSid);
  await message.update({ ...(body ? { body } : {}), attributes: JSON.stringify(attributes) });
}

function paramsOf(content: MessageContent) {
  if ("mediaSid" in content) return { mediaSid: content.mediaSid, ...(content.body ? { body: content.body } : {}) };
  if ("body" in content) return { body: content.body };
  const { contentSid, contentVariables } = content;
  return { contentSid, ...(contentVariables ? { contentVariables: JSON.stringify(contentVariables) } : {}) };
}
