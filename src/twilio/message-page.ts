import * as z from "zod/mini";
import type { TwilioClient } from "../runtime/twilio-client";

/** A Message as others may see it: without its attributes. */
export interface ShownMessage {
  index: number;
  author: string;
  body: string;
  at: Date;
  media: { filename: string; contentType: string; size: number }[];
}

const medium = z.object({
  filename: z._default(z.nullable(z.string()), null),
  content_type: z._default(z.string(), ""),
  size: z._default(z.number(), 0),
});

/** A page of Messages, newest first, and the token under which older ones come. */
export async function messagePage(
  twilio: TwilioClient,
  conversationSid: string,
  { size, token }: { size: number; token?: string },
): Promise<{ messages: ShownMessage[]; older?: string }> {
  const page = await twilio.conversations.v1
    .conversations(conversationSid)
    .messages.page({ order: "desc", pageSize: size, ...(token ? { pageToken: token } : {}) });
  const messages = page.instances.map(({ index, author, body, dateCreated, media }) => ({
    index,
    author,
    body: body ?? "",
    at: dateCreated,
    media: (media ?? []).map((one) => {
      const { filename, content_type: contentType, size: bytes } = medium.parse(one);
      return { filename: filename ?? "", contentType, size: bytes };
    }),
  }));
  const next = page.nextPageUrl ? new URL(page.nextPageUrl).searchParams.get("PageToken") : null;
  return { messages, ...(next ? { older: next } : {}) };
}
