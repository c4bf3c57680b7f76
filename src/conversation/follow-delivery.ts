import * as z from "zod/mini";
import { deliveryWords } from "../channels/delivery-errors";
import {
  DELIVERY_STATUSES,
  type DeliveredMessage,
  type DeliveryStatus,
  fetchDelivery,
  fetchDeliveryError,
  replaceMessageAttributes,
} from "../twilio/deliveries";
import { mergeTaskAttributes } from "../twilio/taskrouter";
import { attempt, type Desk } from "./desk";
import type { ConversationDocument } from "./state";
import { readState } from "./state-store";

/** What became of a Message at a customer's phone. */
export interface DeliveryEvent {
  conversationSid: string;
  messageSid: string;
  status: DeliveryStatus;
  errorCode: number;
  at: Date;
}

/** How it stands in a Message's attributes, for Flex to show. */
interface Delivery {
  status: DeliveryStatus;
  errorCode?: number;
  words?: string;
  /** ISO 8601. */
  at: string;
}

/** How often what overtook us is written over. */
const TRIES = 3;

/**
 * Keeps on a Message how far it got, and tells the agent of a failure by their Task; nothing is ever posted over it.
 * Events come in any order, twice, or not at all, and attributes are replaced whole: so Twilio's own summary, which each
 * read and each write answers, has a say in what is written, and nothing is taken back.
 */
export async function followDelivery(desk: Desk, event: DeliveryEvent): Promise<"kept" | "known" | "ignored"> {
  const { conversationSid, messageSid } = event;
  // Without a Document it is not ours.
  const known = await readState(desk.twilio, conversationSid);
  if (!known) return "ignored";
  let message = await fetchDelivery(desk.twilio, conversationSid, messageSid);
  let result: "kept" | "known" = "known";
  for (let tries = 0; message && tries < TRIES; tries += 1) {
    if (rank(newest(event, message)) <= rank(keptOn(message))) return result;
    const delivery = await deliveryOf(desk, event, message);
    const told = isFailure(delivery.status) ? tellAgent(desk, known.document, event, delivery) : undefined;
    try {
      message = await keep(desk, event, message.attributes, delivery);
    } finally {
      await told;
    }
    if (message) result = "kept";
  }
  return result;
}

const RANKS: Readonly<Record<DeliveryStatus, number>> = { sent: 1, delivered: 2, read: 3, undelivered: 4, failed: 4 };
const rank = (status: DeliveryStatus | undefined) => (status ? RANKS[status] : 0);
const isFailure = (status: DeliveryStatus) => rank(status) === RANKS.failed;

const newest = (event: DeliveryEvent, { status }: DeliveredMessage): DeliveryStatus =>
  status && rank(status) > rank(event.status) ? status : event.status;

const kept = z.object({ status: z.enum(DELIVERY_STATUSES) });
const keptOn = ({ attributes }: DeliveredMessage) => kept.safeParse(attributes.delivery).data?.status;

async function deliveryOf(desk: Desk, event: DeliveryEvent, message: DeliveredMessage): Promise<Delivery> {
  const status = newest(event, message);
  const overtaken = status !== event.status;
  const at = (overtaken ? desk.now() : event.at).toISOString();
  if (!isFailure(status)) return { status, at };
  const { conversationSid, messageSid } = event;
  const errorCode = overtaken ? await fetchDeliveryError(desk.twilio, conversationSid, messageSid) : event.errorCode;
  desk.log.warn("not_delivered", { conversationSid, messageSid, status, code: errorCode });
  return { status, ...(errorCode ? { errorCode } : {}), words: deliveryWords(errorCode), at };
}

/** https://www.twilio.com/docs/conversations-classic/conversations-limits */
const MOST_BYTES = 4096;

/** What does not fit is left away: the words first, which the code stands for. */
async function keep(
  desk: Desk,
  { conversationSid, messageSid }: DeliveryEvent,
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

async function tellAgent(
  desk: Desk,
  { state, taskSid }: ConversationDocument,
  { conversationSid, messageSid }: DeliveryEvent,
  failure: Delivery,
): Promise<void> {
  // An agent may still wrap up what has ended.
  if (!taskSid || !["open", "closing", "ended"].includes(state)) return;
  const more = { deliveryFailure: { messageSid, ...failure } };
  const told = mergeTaskAttributes(desk.twilio, desk.env.FLEX_WORKSPACE_SID, taskSid, more);
  await attempt(desk, "telling_agent", conversationSid, told);
}
