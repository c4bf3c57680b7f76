import { type CustomerChannel, channelOfAddress } from "./addresses";

const DAY_MS = 24 * 3_600_000;

/**
 * How long after a customer's message we may write to them freely; where a channel is not named, always.
 * https://www.twilio.com/docs/whatsapp/key-concepts#the-24-hour-customer-service-window; for Messenger Twilio's pages
 * contradict each other, and https://www.twilio.com/docs/api/errors/63016 is the stricter.
 */
const WINDOWS: Partial<Record<CustomerChannel, number>> = { whatsapp: DAY_MS, messenger: DAY_MS };

export interface WrittenMessage {
  author: string;
  createdAt: Date;
}

/** Whether a customer's channel has a window at all. */
export function hasWindow(address: string): boolean {
  const channel = channelOfAddress(address);
  return channel !== undefined && WINDOWS[channel] !== undefined;
}

/** Whether free text may go to a customer now, by what they wrote in this Conversation. Nothing known counts as closed. */
export function isWindowOpen(address: string, messages: readonly WrittenMessage[], now: Date): boolean {
  const channel = channelOfAddress(address);
  const length = channel && WINDOWS[channel];
  if (length === undefined) return true;
  const newest = Math.max(...messages.filter(({ author }) => author === address).map(({ createdAt }) => +createdAt));
  return now.getTime() - newest < length;
}
