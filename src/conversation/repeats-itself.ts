import { REPEATED_WITHIN_SECONDS, REPEATS } from "../config/patience";
import { newestMessages, type StoredMessage } from "../twilio/messages";
import type { Desk } from "./desk";

/** What the bot says to each of them stands in between. */
const LOOKED_AT = 3 * REPEATS;

/**
 * Whether a customer's last Messages all say the same within a minute: then two machines are answering each other, and
 * the bot is to say nothing more. A person who does so has earned an agent.
 */
export async function repeatsItself(desk: Desk, conversationSid: string, author: string): Promise<boolean> {
  return areRepeated(await lastMessagesOf(desk, conversationSid, author));
}

/** What somebody wrote of late, oldest first. */
export async function lastMessagesOf(desk: Desk, conversationSid: string, author: string): Promise<StoredMessage[]> {
  const messages = await newestMessages(desk.twilio, conversationSid, LOOKED_AT);
  return messages.filter((message) => message.author === author);
}

/** Of one author, oldest first. Files carry no words, and several of them are no repetition. */
export function areRepeated(messages: readonly Pick<StoredMessage, "body" | "createdAt">[]): boolean {
  const last = messages.slice(-REPEATS);
  const [first] = last;
  const newest = last.at(-1);
  if (!first || !newest || last.length < REPEATS) return false;
  const words = last.map(({ body }) => body.trim().toLowerCase());
  const took = newest.createdAt.getTime() - first.createdAt.getTime();
  return words[0] !== "" && words.every((one) => one === words[0]) && took <= REPEATED_WITHIN_SECONDS * 1000;
}
