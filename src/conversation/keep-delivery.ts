import * as z from "zod/mini";
import {
  DELIVERY_STATUSES,
  type DeliveredMessage,
  type DeliveryStatus,
  replaceMessageAttributes,
} from "../twilio/deliveries";
import { mergeTaskAttributes } from "../twilio/taskrouter";
import { attempt, type Desk } from "./desk";
import type { ConversationDocument } from "./state";

/** How far a Message got, as its attributes say for Flex to show. */
export interface Delivery {
  status: DeliveryStatus;
  errorCode?: number;
  words?: string;
  /** ISO 8601. */
  at: string;
}

/** A Message, and where it is. */
interface Place {
  conversationSid: string;
  messageSid: string;
}

const RANKS: Readonly<Record<DeliveryStatus, number>> = { sent: 1, delivered: 2, read: 3, undelivered: 4, failed: 4 };

/** What is later ranks higher: nothing is taken back. */
export const rank = (status: DeliveryStatus | undefined) => (status ? RANKS[status] : 0);
export const isFailure = (status: DeliveryStatus) => rank(status) === RANKS.failed;

const kept = z.object({ status: z.enum(DELIVERY_STATUSES) });

/** What a Message's attributes say already. */
export const keptOn = (attributes: Record<string, unknown>) => kept.safeParse(attributes.delivery).data?.status;

/** https://www.twilio.com/docs/conversations-classic/conversations-limits */
const MOST_BYTES = 4096;

/** What does not fit is left away: the words first, which the code stands for. */
export async function keepDelivery(
  desk: Desk,
  { conversationSid, messageSid }: Place,
  attributes: Record<string, unknown>,
  delivery: Delivery,
): Promise<DeliveredMessage | undefined> {
  const { words: _, ...short } = delivery;
  const fitting = [delivery, short]
    .map((one) => ({ ...attributes, delivery: one }))
    .find((merged) => Buffer.byteLength(JSON.stringify(merged)) <= MOST_BYTES);
  if (fitting) return replaceMessageAttributes(desk.twilio, conversationSid, messageSid, fitting);
  desk.log.warn("attributes_full", { conversationSid, messageSid });
  return undefined;
}

/** Tells the agent of a failure by their Task. */
export async function tellOfFailure(
  desk: Desk,
  { state, taskSid }: ConversationDocument,
  { conversationSid, messageSid }: Place,
  failure: Delivery,
): Promise<void> {
  // An agent may still wrap up what has ended.
  if (!taskSid || !["open", "closing", "ended"].includes(state)) return;
  const more = { deliveryFailure: { messageSid, ...failure } };
  const told = mergeTaskAttributes(desk.twilio, desk.env.FLEX_WORKSPACE_SID, taskSid, more);
  await attempt(desk, "telling_agent", conversationSid, told);
}
