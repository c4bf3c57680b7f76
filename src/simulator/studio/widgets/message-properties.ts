import * as z from "zod/mini";
import { REQUIRED } from "../validation/schema-errors";
import { widgetProperties } from "./widget";

/** What the two sending widgets share, https://www.twilio.com/docs/studio/widget-library/send-message */
const shared = {
  from: z.string(),
  body: z.optional(z.string()),
  service: z.optional(z.string()),
  channel: z.optional(z.string()),
  attributes: z.optional(z.string()),
  media_url: z.optional(z.string()),
  message_type: z.optional(z.enum(["custom", "content_template"])),
  content_sid: z.optional(z.string()),
  content_variables: z.optional(z.array(z.object({ key: z.string(), value: z.string() }))),
  shorten_urls: z.optional(z.boolean()),
};

export type MessageProperties = z.output<z.ZodMiniObject<typeof shared>> & { to?: string };

/** A template needs its SID, any other message a body or a file. */
export function messageProperties<Shape extends z.core.$ZodLooseShape>(own: Shape) {
  return widgetProperties({ ...shared, ...own }).check(({ value, issues }) => {
    const { message_type, content_sid, body, media_url } = value as MessageProperties;
    const isTemplate = message_type === "content_template";
    const missing = isTemplate ? content_sid === undefined && "content_sid" : lacksText(body, media_url) && "body";
    if (missing) issues.push({ code: "custom", path: [missing], message: REQUIRED, input: value });
  });
}

const lacksText = (body: string | undefined, mediaUrl: string | undefined) =>
  body === undefined && mediaUrl === undefined;
