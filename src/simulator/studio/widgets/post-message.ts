import { z } from "zod";
import type { MessageRow } from "../../conversations/rows";
import { ApiError } from "../../server/api-error";
import type { JsonObject } from "../json";
import type { WidgetRun } from "./widget";

/** What the two sending widgets share, https://www.twilio.com/docs/studio/widget-library/send-message */
export const messageProperties = {
  from: z.string(),
  body: z.string().optional(),
  service: z.string().optional(),
  channel: z.string().optional(),
  attributes: z.string().optional(),
  media_url: z.string().optional(),
  message_type: z.enum(["custom", "content_template"]).optional(),
  content_sid: z.string().optional(),
  content_variables: z.array(z.object({ key: z.string(), value: z.string() })).optional(),
  shorten_urls: z.boolean().optional(),
};

const shape = z.object(messageProperties);

/** Posts the widget's Message to its Conversation. Undefined when nothing was sent; the log then says why (81011). */
export function postMessage(run: WidgetRun, properties: z.output<typeof shape>): MessageRow | undefined {
  if (properties.message_type === "content_template") {
    run.notSimulated("content templates");
    return undefined;
  }
  // Flows on Conversations often carry `{{trigger.message.ChannelSid}}`, which renders blank and works.
  const conversationSid = run.render(properties.channel).trim() || run.execution.conversationSid;
  if (!conversationSid) {
    run.notSimulated("messages of an Execution outside a Conversation");
    return undefined;
  }
  if (run.render(properties.media_url).trim()) run.notSimulated("media of Studio's messages");
  const attributes = run.render(properties.attributes).trim();
  try {
    return run.post(conversationSid, {
      author: run.render(properties.from).trim() || run.execution.channelAddress,
      body: run.render(properties.body),
      ...(attributes ? { attributes } : {}),
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    run.warn(81011, `message not sent: ${error.message}`);
    return undefined;
  }
}

/** `widgets.NAME.outbound` on a Conversation. */
export function outbound(message: MessageRow): JsonObject {
  return {
    Sid: message.sid,
    ConversationSid: message.conversationSid,
    Body: message.body ?? "",
    Author: message.author,
    Index: message.index,
    Attributes: message.attributes,
    ParticipantSid: message.participantSid,
  };
}
