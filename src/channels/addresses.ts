import { isGuest } from "./webchat/identity";

/** Channels that Twilio carries: the Interaction's `channel.type` for each. */
export type TwilioChannel = "sms" | "whatsapp" | "messenger" | "web";

/**
 * The channel a Message came by, told by its author: a customer on a channel of Twilio's writes under an address, a
 * guest of a web chat under an identity of a form of its own, agents and bots under any other. Undefined when the author
 * is no customer of these channels.
 */
export function channelOfAddress(author: string): TwilioChannel | undefined {
  if (/^\+[1-9]\d{6,14}$/.test(author)) return "sms";
  if (/^whatsapp:\+[1-9]\d{6,14}$/.test(author)) return "whatsapp";
  if (/^messenger:[\w.-]{1,200}$/.test(author)) return "messenger";
  return isGuest(author) ? "web" : undefined;
}
