import { type CustomChannel, customerOf } from "./custom-identity";
import { isGuest } from "./webchat/identity";

/** Channels that Twilio carries: the Interaction's `channel.type` for each. */
export type TwilioChannel = "sms" | "whatsapp" | "messenger" | "web";

/** Where a customer writes. */
export type CustomerChannel = TwilioChannel | CustomChannel;

/**
 * The channel a Message came by, told by its author: a customer on a channel of Twilio's writes under an address, a guest
 * of a web chat or a customer on a channel of ours under an identity of a form of its own, agents and bots under any
 * other. Undefined when the author is no customer.
 */
export function channelOfAddress(author: string): CustomerChannel | undefined {
  return twilioChannelOf(author) ?? customerOf(author)?.channel;
}

/** Undefined for customers on channels of ours, too. */
export function twilioChannelOf(author: string): TwilioChannel | undefined {
  if (/^\+[1-9]\d{6,14}$/.test(author)) return "sms";
  if (/^whatsapp:\+[1-9]\d{6,14}$/.test(author)) return "whatsapp";
  if (/^messenger:[\w.-]{1,200}$/.test(author)) return "messenger";
  return isGuest(author) ? "web" : undefined;
}

/** The Interaction's `channel.type`: to Flex, a customer on a channel of ours is one of a chat on the web. */
export const channelTypeOf = (author: string): TwilioChannel => twilioChannelOf(author) ?? "web";
