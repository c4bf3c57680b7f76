import * as z from "zod/mini";
import type { TwilioClient } from "../runtime/twilio-client";
import { nextOf, type Page, type PagePosition, positionOf } from "./pages";

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

/** A page of Messages, newest first, and where older ones come. */
export async function messagePage(
  twilio: TwilioClient,
  conversationSid: string,
  { pageSize, at }: { pageSize: number; at?: PagePosition },
): Promise<Page<ShownMessage>> {
  const page = await twilio.conversations.v1
    .conversations(conversationSid)
    .messages.page({ order: "desc", pageSize, ...positionOf(at) });
  const rows = page.instances.map(({ index, author, body, dateCreated, media }) => ({
    index,
    author,
    body: body ?? "",
    at: dateCreated,
    media: (media ?? []).map((one) => {
      const { filename, content_type: contentType, size } = medium.parse(one);
      return { filename: filename ?? "", contentType, size };
    }),
  }));
  return { rows, ...nextOf(page.nextPageUrl) };
}
