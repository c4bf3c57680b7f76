import { customerOf, type PlatformCustomer, readConversationName } from "../../channels/custom-identity";
import { remember } from "../../runtime/remember";
import { fetchConversation } from "../../twilio/conversations";
import type { Desk } from "../desk";

/** A Conversation with a customer on a channel of ours. */
export interface CustomConversation {
  conversationSid: string;
  customer: PlatformCustomer;
  /** Where its files are. */
  serviceSid: string;
}

const KEPT_MS = 3_600_000;
const seen = remember<CustomConversation>({ most: 5_000, forMs: KEPT_MS });

/**
 * Whose Conversation it is, by the unique name that we gave it and nothing else: no caller has a say in who gets what is
 * said in it. Undefined for those of Twilio's channels. Costs one call, and none where this process has asked before.
 */
export async function whoseConversation(desk: Desk, conversationSid: string): Promise<CustomConversation | undefined> {
  const known = seen.recall(conversationSid, desk.now());
  if (known) return known;
  const { uniqueName, chatServiceSid: serviceSid } = await fetchConversation(desk.twilio, conversationSid);
  const named = readConversationName(uniqueName);
  const customer = named && customerOf(named.identity);
  if (!customer) return undefined;
  const found = { conversationSid, customer, serviceSid };
  seen.keep(conversationSid, found, desk.now());
  return found;
}
