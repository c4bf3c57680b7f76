import * as z from "zod/mini";
import { tryAgain } from "../../runtime/try-again";
import { twilioError } from "../../runtime/twilio-client";
import { replaceMessageAttributes } from "../../twilio/deliveries";
import { createDocument, readDocument, updateDocument } from "../../twilio/sync";
import type { Desk } from "../desk";
import { type Delivery, keepDelivery } from "../keep-delivery";

const schema = z.object({
  /** Of its parts on the platform, in order. */
  ids: z.array(z.string()),
  /** How many it takes. */
  of: z.number(),
  /** ISO 8601. */
  at: z.string(),
  /** ISO 8601: not before then is the rest to be sent. */
  waitUntil: z.optional(z.string()),
});

/** What a Message's attribute `relay` says: that it was carried to its customer, and how far. */
export type Relay = z.output<typeof schema>;

export const relayOn = (attributes: Record<string, unknown>): Relay | undefined =>
  schema.safeParse(attributes.relay).data;

/** Whether it is time to send the rest. */
export const isDue = ({ waitUntil }: Relay, now: Date) => waitUntil !== undefined && now >= new Date(waitUntil);

export interface RelayMark {
  relay: Relay;
  /** Undefined while it is to be sent. */
  delivery?: Delivery;
}

/** As long as a sweep may look back, and longer. */
const DOCUMENT_SECONDS = 14 * 86_400;

/** The Document that speaks for a Message which takes no mark, or is being sent once more. */
export const relayDocument = (messageSid: string) => `relay.${messageSid}`;

/** Marks a Message; where it takes no mark any more, as in a closed Conversation, a Document does. */
export async function keepRelay(
  desk: Desk,
  place: { conversationSid: string; messageSid: string },
  attributes: Record<string, unknown>,
  { relay, delivery }: RelayMark,
): Promise<void> {
  const { conversationSid, messageSid } = place;
  const marked = { ...attributes, relay };
  const write = () =>
    delivery
      ? keepDelivery(desk, place, marked, delivery)
      : replaceMessageAttributes(desk.twilio, conversationSid, messageSid, marked);
  // The same mark twice does no harm.
  const again = () =>
    write().catch((error: unknown) => {
      throw twilioError(error);
    });
  const kept = await tryAgain(desk.deadline, again).catch(() => undefined);
  if (!kept) await writeDocument(desk, messageSid, { conversationSid, relay, ...(delivery ? { delivery } : {}) });
}

async function writeDocument(desk: Desk, messageSid: string, mark: object): Promise<void> {
  const name = relayDocument(messageSid);
  if (await createDocument(desk.twilio, name, mark, DOCUMENT_SECONDS)) return;
  const found = await readDocument(desk.twilio, name);
  if (found) await updateDocument(desk.twilio, name, mark, found.revision, DOCUMENT_SECONDS);
}

/** Takes the right to send a Message once more; false when somebody has had it. */
export async function claimResend(desk: Desk, conversationSid: string, messageSid: string): Promise<boolean> {
  const claim = { conversationSid, resentAt: desk.now().toISOString() };
  return (await createDocument(desk.twilio, relayDocument(messageSid), claim, DOCUMENT_SECONDS)) !== undefined;
}

/** What a Document says of a Message: `marked`, `resent` with nobody knowing how far, or nothing. */
export async function relayInDocument(desk: Desk, messageSid: string): Promise<"marked" | "resent" | undefined> {
  const found = await readDocument(desk.twilio, relayDocument(messageSid));
  if (!found) return undefined;
  return z.object({ relay: schema }).safeParse(found.data).success ? "marked" : "resent";
}
