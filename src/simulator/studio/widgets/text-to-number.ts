import type { JsonObject } from "../json";
import { templateOf } from "./content-template";
import type { MessageProperties } from "./message-properties";
import type { WidgetRun } from "./widget";

/** A message outside of Conversations, where REST or a number's webhook has started the Flow. */
export function textToNumber(run: WidgetRun, properties: MessageProperties): JsonObject {
  const { contactAddress, channelAddress } = run.execution;
  const mediaUrl = run.render(properties.media_url).trim();
  const template = templateOf(run, properties);
  const message = run.world.messaging.create({
    to: run.render(properties.to).trim() || contactAddress,
    from: run.render(properties.from).trim() || channelAddress,
    ...(template ?? { body: run.render(properties.body), mediaUrls: mediaUrl ? [mediaUrl] : [] }),
  });
  return {
    Sid: message.sid,
    Status: message.status,
    Body: message.body,
    From: message.from,
    To: message.to,
    NumMedia: String(message.media.length),
    ErrorCode: null,
    ErrorMessage: null,
    MessagingServiceSid: message.messagingServiceSid,
  };
}
