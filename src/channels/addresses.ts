/** Channels that Twilio carries: the Interaction's `channel.type` for each. */
export type TwilioChannel = "sms" | "whatsapp" | "messenger";

/**
 * The channel a Message came by, told by its author: a customer on a channel of Twilio's writes under an address,
 * agents and bots under an identity. Undefined when the author is no customer of these channels.
 */
export function channelOfAddress(author: string): TwilioChannel | undefined {
  if (/^\+[1-9]\d{6,14}$/.test(author)) return "sms";
  if (/^whatsapp:\+[1-9]\d{6,14}$/.test(author)) return "whatsapp";
  if (/^messenger:[\w.-]{1,200}$/.test(author)) return "messenger";
  return undefined;
}
