import type { MessageRow, ParticipantRow } from "../conversations/rows";
import type { World } from "../world";
import { isJsonObject, type JsonObject, parseJson } from "./json";
import type { ExecutionRow } from "./rows";

/** What Liquid sees in a Flow. The names are Twilio's: https://www.twilio.com/docs/studio/user-guide/liquid-template-language */
export interface ExecutionContext {
  trigger: { conversation?: JsonObject; request?: JsonObject };
  flow: {
    /** The Execution's SID; the Flow's own is `flow_sid`. */
    sid: string;
    flow_sid: string;
    channel: { address: string };
    data: JsonObject;
    variables: JsonObject;
  };
  contact: { channel: { address: string } };
  /** Outputs by widget name. */
  widgets: Record<string, JsonObject>;
}

/** What an Execution is before it has a context. */
export type Begun = Pick<ExecutionRow, "sid" | "flowSid" | "contactAddress" | "channelAddress">;

export function messageContext(world: World, execution: Begun, message: MessageRow): ExecutionContext {
  return { ...emptyContext(execution), trigger: { conversation: conversationTrigger(world, message) } };
}

export function requestContext(execution: Begun, parameters: JsonObject): ExecutionContext {
  const context = emptyContext(execution);
  context.trigger = {
    request: { from: execution.channelAddress, to: execution.contactAddress, parameters },
  };
  context.flow.data = parameters;
  return context;
}

/** Who wrote the Message: their address on a messaging channel, their identity in a chat. */
export function senderOf(world: World, message: MessageRow): string {
  const participant = participantOf(world, message);
  return participant?.binding?.address ?? participant?.identity ?? message.author;
}

function participantOf(world: World, message: MessageRow): ParticipantRow | undefined {
  return world.conversations.participants(message.conversationSid).find(({ sid }) => sid === message.participantSid);
}

function emptyContext(execution: Begun): ExecutionContext {
  return {
    trigger: {},
    flow: {
      sid: execution.sid,
      flow_sid: execution.flowSid,
      channel: { address: execution.channelAddress },
      data: {},
      variables: {},
    },
    contact: { channel: { address: execution.contactAddress } },
    widgets: {},
  };
}

/**
 * Keys beyond those of https://www.twilio.com/docs/studio/widget-library/trigger-start are the ones public Flows read.
 * Unverified: the values of `Source` (the channel in capitals here, SDK for a chat), and the media of a Message, which
 * are left out.
 */
function conversationTrigger(world: World, message: MessageRow): JsonObject {
  const conversation = world.conversations.conversation(message.conversationSid);
  const participant = participantOf(world, message);
  const attributes = parseJson(conversation.attributes);
  return {
    AccountSid: world.account.sid,
    Author: message.author,
    Body: message.body ?? "",
    ChannelAttributes: isJsonObject(attributes) ? attributes : {},
    ChannelSid: conversation.sid,
    ConversationSid: conversation.sid,
    DateCreated: message.createdAt.toISOString(),
    From: senderOf(world, message),
    InstanceSid: conversation.serviceSid,
    MessageSid: message.sid,
    Source: participant?.binding?.type.toUpperCase() ?? "SDK",
    ...(conversation.messagingServiceSid ? { MessagingServiceSid: conversation.messagingServiceSid } : {}),
    ...(message.participantSid ? { ParticipantSid: message.participantSid } : {}),
  };
}
