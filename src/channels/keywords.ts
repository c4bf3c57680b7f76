import { channelOfAddress } from "./addresses";

/** Ends, resumes, or asks about messages. */
export type Keyword = "stop" | "start" | "help";

/**
 * The words that Twilio heeds and answers by itself, https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
 * and https://www.twilio.com/en-us/blog/update-to-fcc-s-sms-opt-out-keywords: each only as a whole message, in any case.
 */
export const KEYWORDS: Readonly<Record<Keyword, readonly string[]>> = {
  stop: ["stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"],
  start: ["start", "yes", "unstop"],
  help: ["help", "info"],
};

/** Only SMS has such words: elsewhere they are words like others. */
export function keywordIn({ author, body }: { author: string; body: string }): Keyword | undefined {
  if (channelOfAddress(author) !== "sms") return undefined;
  const word = body.trim().toLowerCase();
  return (Object.keys(KEYWORDS) as Keyword[]).find((keyword) => KEYWORDS[keyword].includes(word));
}

/**
 * Whether a Conversation with these Messages, oldest first, has nobody to be answered: nothing was said but such words,
 * or the customer's last word was to stop, after which nothing reaches them (https://www.twilio.com/docs/api/errors/21610).
 */
export function nobodyWaits(messages: readonly { author: string; body: string }[]): boolean {
  const newest = messages.findLast(({ author }) => channelOfAddress(author) !== undefined);
  return messages.every((message) => keywordIn(message)) || (newest !== undefined && keywordIn(newest) === "stop");
}
