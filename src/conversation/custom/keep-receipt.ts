import type { ReceiptEvent } from "../../channels/adapter";
import type { StoredMessage } from "../../twilio/messages";
import type { Desk } from "../desk";
import { type Delivery, isFailure, keepDelivery, keptOn, rank, tellOfFailure } from "../keep-delivery";
import { readState } from "../state-store";
import { readPointer, recallContact } from "./contact-pointer";
import { relayOn } from "./keep-relay";
import { newestIn } from "./newest-in";
import type { CustomCustomer } from "./open-conversation";

const REREAD_MS = 700;
const REREADS = 4;
/** Kept back to write it down, and for the reply. */
const SPARE_MS = 2_500;
/** So long a receipt may overtake the mark that tells which Message it is about. */
const OVERTAKEN_MS = 15_000;

/**
 * What the platform says of a message of ours goes to its Message, and nothing is taken back. It may come before the id is
 * written there, so it looks again for a while; of what we did not send, or long ago, nothing is kept.
 */
export async function keepReceipt(desk: Desk, customer: CustomCustomer, event: ReceiptEvent): Promise<string> {
  const found = await find(desk, customer.identity, event);
  if (!found || !isWhole(found.message, event)) return "ignored";
  const { conversationSid, message } = found;
  if (rank(event.status) <= rank(keptOn(message.attributes))) return "known";
  const place = { conversationSid, messageSid: message.sid };
  const delivery: Delivery = {
    status: event.status,
    ...(event.words ? { words: event.words } : {}),
    at: event.at.toISOString(),
  };
  await keepDelivery(desk, place, message.attributes, delivery);
  if (isFailure(event.status)) {
    desk.log.warn("not_delivered", { ...place, status: event.status });
    const known = await readState(desk.twilio, conversationSid);
    if (known) await tellOfFailure(desk, known.document, place, delivery);
  }
  return "kept";
}

/** In the Conversation that this process remembers, which may not be the last any more, then in the one pointed at. */
async function find(desk: Desk, identity: string, { id, at }: ReceiptEvent) {
  let contact = recallContact(desk, identity);
  for (let reread = 0; ; reread += 1) {
    const { conversationSid } = contact ?? {};
    const messages = await newestIn(desk, conversationSid ?? "");
    // Viber tells that the customer's own message was delivered, too.
    if (messages.some(({ attributes }) => attributes.platformId === id)) return undefined;
    const message = messages.findLast(({ attributes }) => relayOn(attributes)?.ids.includes(id));
    if (message && conversationSid) return { conversationSid, message };
    if (reread > 0) {
      const mayCome = desk.now().getTime() - at.getTime() < OVERTAKEN_MS && reread <= REREADS;
      if (!mayCome || desk.deadline.remainingMs() < REREAD_MS + SPARE_MS) return undefined;
      await new Promise((resolve) => setTimeout(resolve, REREAD_MS));
    }
    contact = (await readPointer(desk, identity))?.contact;
    if (!contact || contact.isClosed) return undefined;
  }
}

/** Of several parts, the last one speaks for all; that one is lost, any. */
function isWhole({ attributes }: StoredMessage, { id, status }: ReceiptEvent): boolean {
  return isFailure(status) || relayOn(attributes)?.ids.at(-1) === id;
}
