import type { MessageRow, ParticipantRow } from "../conversations/rows";
import { directLink } from "../media/direct-links";
import type { World } from "../world";
import { isJsonObject, type JsonObject, parseJson } from "./json";

/** A customer's message, as Studio takes it: it starts an Execution, or answers one. */
export interface Incoming {
  event: "incomingConversationMessage" | "incomingMessage";
  messageSid: string;
  /** Who wrote it: their address on a messaging channel, their identity in a chat. */
  from: string;
  /** Becomes `trigger.conversation` or `trigger.message`. */
  trigger: JsonObject;
  /** Becomes `widgets.NAME.inbound` of what waits for it. */
  inbound: JsonObject;
}

/** From a scoped webhook with target `studio`. */
export function fromConversation(world: World, message: MessageRow): Incoming {
  const participant = participantOf(world, message);
  const from = participant?.binding?.address ?? participant?.identity ?? message.author;
  return {
    event: "incomingConversationMessage",
    messageSid: message.sid,
    from,
    trigger: conversationTrigger(world, message, participant, from),
    inbound: {
      Body: message.body ?? "",
      From: from,
      To: message.conversationSid,
      MessageSid: message.sid,
      ...mediaOf(world, message),
    },
  };
}

/** From the webhook of a number: its parameters, https://www.twilio.com/docs/messaging/guides/webhook-request */
export function fromNumber(params: Readonly<Record<string, string>>): Incoming {
  const { From: from = "", MessageSid: messageSid = "" } = params;
  return { event: "incomingMessage", messageSid, from, trigger: { ...params }, inbound: { ...params } };
}

function participantOf(world: World, message: MessageRow): ParticipantRow | undefined {
  return world.conversations.participants(message.conversationSid).find(({ sid }) => sid === message.participantSid);
}

/**
 * Keys beyond those of https://www.twilio.com/docs/studio/widget-library/trigger-start are the ones public Flows read.
 * Unverified: the values of `Source` (the channel in capitals here, SDK for a chat).
 */
function conversationTrigger(
  world: World,
  message: MessageRow,
  participant: ParticipantRow | undefined,
  from: string,
): JsonObject {
  const conversation = world.conversations.conversation(message.conversationSid);
  const attributes = parseJson(conversation.attributes);
  return {
    AccountSid: world.account.sid,
    Author: message.author,
    Body: message.body ?? "",
    ChannelAttributes: isJsonObject(attributes) ? attributes : {},
    ChannelSid: conversation.sid,
    ConversationSid: conversation.sid,
    DateCreated: message.createdAt.toISOString(),
    From: from,
    InstanceSid: conversation.serviceSid,
    MessageSid: message.sid,
    Source: participant?.binding?.type.toUpperCase() ?? "SDK",
    ...(conversation.messagingServiceSid ? { MessagingServiceSid: conversation.messagingServiceSid } : {}),
    ...(message.participantSid ? { ParticipantSid: message.participantSid } : {}),
    ...(message.media.length > 0 && world.switches.studioTriggerHasMedia ? mediaOf(world, message) : {}),
  };
}

/** In the words of a number's webhook. Unverified: the addresses, which last a while here as Twilio's direct links do. */
function mediaOf(world: World, message: MessageRow): JsonObject {
  // https://www.twilio.com/docs/studio/widget-library/send-wait-reply: of a WhatsApp message only one file can be reached.
  const most = participantOf(world, message)?.binding?.type === "whatsapp" ? 1 : message.media.length;
  const shown = message.media.slice(0, most);
  const fields = shown.flatMap(({ sid, contentType }, index) => [
    [`MediaUrl${index}`, directLink(world, sid)],
    [`MediaContentType${index}`, contentType],
  ]);
  return { NumMedia: String(shown.length), ...Object.fromEntries(fields) };
}
