import { channelOfAddress } from "../../channels/addresses";
import { remember } from "../../runtime/remember";
import type { Desk } from "../desk";
import { type Delivered, deliver, type MessageToDeliver } from "./deliver";
import { isDue, relayOn } from "./keep-relay";
import { whoseConversation } from "./whose-conversation";

/** A Message as a hook of its Conversation tells of it. */
export interface AddedMessage extends MessageToDeliver {
  conversationSid: string;
  author: string;
}

export interface Relayed extends Omit<Delivered, "status"> {
  status: Delivered["status"] | "ignored" | "known";
}

const KEPT_MS = 600_000;
/** Messages that this process has in hand or has carried. */
const inHand = remember<boolean>({ most: 10_000, forMs: KEPT_MS });

/**
 * What agents and Functions say goes to the customer of the Conversation, if that is one on a channel of ours. Never the
 * customer's own words, and no Message twice: by its mark, and by what this process remembers.
 */
export async function relayMessage(desk: Desk, message: AddedMessage): Promise<Relayed> {
  const { conversationSid, messageSid, author, attributes } = message;
  if (channelOfAddress(author)) return { status: "ignored" };
  const relay = relayOn(attributes);
  if (relay ? !isDue(relay, desk.now()) : inHand.recall(messageSid, desk.now())) return { status: "known" };
  inHand.keep(messageSid, true, desk.now());
  try {
    const conversation = await whoseConversation(desk, conversationSid);
    if (!conversation) return { status: "ignored" };
    return await deliver(desk, conversation, message);
  } catch (error) {
    inHand.keep(messageSid, false, desk.now());
    throw error;
  }
}
