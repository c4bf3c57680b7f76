import type { ChannelRow } from "./rows";

/** The Insights label of a channel type. */
const COMMUNICATION_CHANNEL: Record<string, string> = {
  sms: "SMS",
  whatsapp: "Whatsapp",
  web: "Web",
  chat: "Chat",
  email: "Email",
  messenger: "Messenger",
};

/**
 * The attributes of a Task of an Interaction: the caller's, and what Twilio adds
 * (https://www.twilio.com/docs/flex/developer/conversations/interactions-api#task-attributes), but for
 * `conversations.external_contact`, which comes later, and of which no page says what it holds.
 */
export function taskAttributes(
  channel: ChannelRow,
  inviteSid: string,
  given: Record<string, unknown>,
): Record<string, unknown> {
  const { conversations } = given;
  return {
    ...given,
    channelType: channel.type,
    flexInteractionSid: channel.interactionSid,
    flexInteractionChannelSid: channel.sid,
    flexChannelInviteSid: inviteSid,
    conversationSid: channel.conversationSid,
    initiatedBy: channel.initiatedBy,
    direction: channel.initiatedBy === "agent" ? "outbound" : "inbound",
    taskCreateSource: "interaction",
    customers: customers(given),
    conversations: {
      ...(typeof conversations === "object" ? conversations : {}),
      conversation_id: channel.interactionSid,
      media: [{ type: "ChatTranscript", sid: channel.conversationSid }],
      communication_channel: COMMUNICATION_CHANNEL[channel.type] ?? channel.type,
      initiated_by: channel.initiatedBy,
    },
  };
}

/** Filled only when both the name and the address were supplied. */
function customers({ customerName, customerAddress }: Record<string, unknown>) {
  if (!customerName || !customerAddress) return {};
  const isMail = String(customerAddress).includes("@");
  return { name: customerName, [isMail ? "email" : "phone"]: customerAddress };
}
