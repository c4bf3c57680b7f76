import { hasWindow, isWindowOpen } from "../channels/window";
import { newestMessages } from "../twilio/messages";
import type { Desk } from "./desk";

/** One page. A customer who wrote before so many of our own Messages counts as one who did not. */
const LOOKED_AT = 100;

/**
 * Whether free text may go to this customer now. Told by this Conversation alone; the receipt of what is sent
 * (63016) has the last word.
 */
export async function mayWriteFreely(desk: Desk, conversationSid: string, address: string): Promise<boolean> {
  if (!hasWindow(address)) return true;
  return isWindowOpen(address, await newestMessages(desk.twilio, conversationSid, LOOKED_AT), desk.now());
}
