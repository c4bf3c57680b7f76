import type { DeliveryError } from "../../channels/adapter";
import { RESEND_SECONDS } from "../../config/patience";
import { attempt, type Desk } from "../desk";
import { type Delivery, tellOfFailure } from "../keep-delivery";
import { readState } from "../state-store";
import { keepRelay, relayOn } from "./keep-relay";
import { noteReach } from "./note-reach";
import { type Said, type SentParts, sendParts } from "./send-parts";
import type { CustomConversation } from "./whose-conversation";

/** A Message for a customer on a channel of ours. */
export interface MessageToDeliver extends Said {
  messageSid: string;
  attributes: Record<string, unknown>;
}

/** `pending`: the sweep sends it once the platform takes it again. */
export interface Delivered {
  status: "sent" | "failed" | "pending";
  /** Of what was not sent, for an agent. */
  words?: string;
}

/**
 * Brings a Message to its customer and marks it with what became of it; a failure goes to the agent's Task, too. One that
 * was kept waiting for its platform goes on where it stopped, and waits no second time.
 */
export async function deliver(
  desk: Desk,
  conversation: CustomConversation,
  message: MessageToDeliver,
): Promise<Delivered> {
  const { conversationSid } = conversation;
  const { messageSid, attributes } = message;
  const before = relayOn(attributes);
  const parts = await sendParts(desk, conversation, message, before?.ids);
  const { ids, of, failure } = parts;
  const now = desk.now();
  const waitUntil = before ? undefined : worthWaiting(failure, now);
  const delivery = waitUntil ? undefined : deliveryOf(parts, now);
  const relay = { ids, of, at: now.toISOString(), ...(waitUntil ? { waitUntil: waitUntil.toISOString() } : {}) };
  const place = { conversationSid, messageSid };
  await Promise.all([
    attempt(desk, "relay_mark", conversationSid, keepRelay(desk, place, attributes, { relay, delivery })),
    failure && delivery ? tellAbout(desk, place, failure, delivery) : undefined,
  ]);
  if (!failure) return { status: "sent" };
  desk.log.warn("not_delivered", { ...place, code: failure.reason, sent: ids.length, of });
  return { status: waitUntil ? "pending" : "failed", words: delivery?.words ?? failure.words };
}

/** When the platform may take what it certainly did not take now. */
function worthWaiting(failure: DeliveryError | undefined, now: Date): Date | undefined {
  if (failure?.reason !== "rate_limited" && failure?.reason !== "unavailable") return undefined;
  return new Date(now.getTime() + (failure.more.retryAfterSeconds ?? RESEND_SECONDS) * 1000);
}

function deliveryOf({ ids, of, failure }: SentParts, now: Date): Delivery {
  const at = now.toISOString();
  if (!failure) return { status: "sent", at };
  const { platformCode: errorCode } = failure.more;
  const arrived = ids.length > 0 ? ` Of its ${of} parts, ${ids.length} were sent.` : "";
  return { status: "failed", ...(errorCode ? { errorCode } : {}), words: `${failure.words}${arrived}`, at };
}

interface Place {
  conversationSid: string;
  messageSid: string;
}

/** The agent by their Task; and whom nothing reaches is so until they write again. */
async function tellAbout(desk: Desk, place: Place, { reason, words }: DeliveryError, delivery: Delivery) {
  const { conversationSid } = place;
  const told = async () => {
    const known = await readState(desk.twilio, conversationSid);
    if (known) await tellOfFailure(desk, known.document, place, delivery);
  };
  await attempt(desk, "telling_agent", conversationSid, told());
  if (reason !== "unreachable") return;
  await attempt(desk, "reach", conversationSid, noteReach(desk, conversationSid, { at: delivery.at, words }));
}
