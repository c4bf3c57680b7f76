import * as z from "zod/mini";
import { refusalOf, type TwilioClient } from "../runtime/twilio-client";
import { isClosedRefusal, readAttributes } from "./conversations";

export const DELIVERY_STATUSES = ["sent", "delivered", "read", "undelivered", "failed"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** A Message with how far it got, by Twilio's own summary; nothing of that when no phone is to get it. */
export interface DeliveredMessage {
  attributes: Record<string, unknown>;
  status?: DeliveryStatus;
}

/** Undefined when it is there no more. */
export async function fetchDelivery(
  twilio: TwilioClient,
  conversationSid: string,
  messageSid: string,
): Promise<DeliveredMessage | undefined> {
  try {
    return read(await twilio.conversations.v1.conversations(conversationSid).messages(messageSid).fetch());
  } catch (error) {
    if (refusalOf(error)?.status === 404) return undefined;
    throw error;
  }
}

/** Replaces a Message's attributes; answers how far it got meanwhile. Undefined when it is closed or gone. */
export async function replaceMessageAttributes(
  twilio: TwilioClient,
  conversationSid: string,
  messageSid: string,
  attributes: Record<string, unknown>,
): Promise<DeliveredMessage | undefined> {
  const message = twilio.conversations.v1.conversations(conversationSid).messages(messageSid);
  try {
    return read(await message.update({ attributes: JSON.stringify(attributes) }));
  } catch (error) {
    if (refusalOf(error)?.status === 404 || isClosedRefusal(error)) return undefined;
    throw error;
  }
}

/** Why a Message failed; 0 when Twilio does not say. A Conversation has at most 50 phones. */
export async function fetchDeliveryError(
  twilio: TwilioClient,
  conversationSid: string,
  messageSid: string,
): Promise<number> {
  const receipts = await twilio.conversations.v1
    .conversations(conversationSid)
    .messages(messageSid)
    .deliveryReceipts.list({ limit: 50, pageSize: 50 });
  return receipts.find(({ errorCode }) => errorCode > 0)?.errorCode ?? 0;
}

const share = z.optional(z.string());
const summary = z.object({ sent: share, delivered: share, read: share, undelivered: share, failed: share });

function read({ attributes, delivery }: { attributes: string; delivery: unknown }): DeliveredMessage {
  const parsed = summary.safeParse(delivery);
  // `all`, `some` or `none`: what one of several phones has come to counts.
  const status = DELIVERY_STATUSES.findLast((one) => ["all", "some"].includes(parsed.data?.[one] ?? "none"));
  return { attributes: readAttributes(attributes), ...(status ? { status } : {}) };
}
