import { deliveryWords } from "../channels/delivery-errors";
import { type DeliveredMessage, type DeliveryStatus, fetchDelivery, fetchDeliveryError } from "../twilio/deliveries";
import type { Desk } from "./desk";
import { type Delivery, isFailure, keepDelivery, keptOn, rank, tellOfFailure } from "./keep-delivery";
import { readState } from "./state-store";

/** What became of a Message at a customer's phone. */
export interface DeliveryEvent {
  conversationSid: string;
  messageSid: string;
  status: DeliveryStatus;
  errorCode: number;
  at: Date;
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
    if (rank(newest(event, message)) <= rank(keptOn(message.attributes))) return result;
    const delivery = await deliveryOf(desk, event, message);
    const told = isFailure(delivery.status) ? tellOfFailure(desk, known.document, event, delivery) : undefined;
    try {
      message = await keepDelivery(desk, event, message.attributes, delivery);
    } finally {
      await told;
    }
    if (message) result = "kept";
  }
  return result;
}

const newest = (event: DeliveryEvent, { status }: DeliveredMessage): DeliveryStatus =>
  status && rank(status) > rank(event.status) ? status : event.status;

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
