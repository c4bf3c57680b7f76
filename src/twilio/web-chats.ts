import type { TwilioClient } from "../runtime/twilio-client";

export interface NewWebChat {
  addressSid: string;
  /** The guest's. */
  identity: string;
  /** What the agent sees the guest called. */
  customerFriendlyName: string;
  /** Becomes `pre_engagement_data` in the Conversation's attributes, which the guest can read. */
  preEngagement: Record<string, string>;
}

/** Makes a Conversation after a chat address, with a guest in it. Five a second for an account: https://www.twilio.com/docs/flex/developer/conversations/limits */
export async function createWebChat(twilio: TwilioClient, chat: NewWebChat): Promise<string> {
  const { conversationSid } = await twilio.flexApi.v2.webChannels.create({
    addressSid: chat.addressSid,
    identity: chat.identity,
    chatFriendlyName: "Web chat",
    customerFriendlyName: chat.customerFriendlyName,
    preEngagementData: JSON.stringify(chat.preEngagement),
  });
  return conversationSid;
}

/** The Conversation that a guest was put into; undefined when there is none. That it is listed at once is unverified. */
export async function findWebChat(twilio: TwilioClient, identity: string): Promise<string | undefined> {
  const rows = await twilio.conversations.v1.participantConversations.list({ identity, limit: 10, pageSize: 10 });
  // A successor is named; what WebChats makes is not.
  return rows.find(({ conversationUniqueName }) => !conversationUniqueName)?.conversationSid;
}

/** Whether a guest has said anything in a Conversation: their first words are among its first. */
export async function hasWritten(twilio: TwilioClient, conversationSid: string, identity: string): Promise<boolean> {
  const rows = await twilio.conversations.v1
    .conversations(conversationSid)
    .messages.list({ order: "asc", limit: 10, pageSize: 10 });
  return rows.some(({ author }) => author === identity);
}
