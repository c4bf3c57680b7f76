import { refusalOf } from "../../runtime/twilio-client";
import { newestMessages, type StoredMessage } from "../../twilio/messages";
import type { Desk } from "../desk";

/** Enough to hold what is said until a platform delivers an event again. */
const LOOKED_AT = 50;

/** The newest Messages of a customer's Conversation, oldest of them first. A Conversation that is gone, as when an administrator deleted it, has none. */
export async function newestIn(desk: Desk, conversationSid: string): Promise<StoredMessage[]> {
  if (!conversationSid) return [];
  try {
    return await newestMessages(desk.twilio, conversationSid, LOOKED_AT);
  } catch (error) {
    if (refusalOf(error)?.status === 404) return [];
    throw error;
  }
}
