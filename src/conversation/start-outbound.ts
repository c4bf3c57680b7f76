import { createHash } from "node:crypto";
import { channelOfAddress } from "../channels/addresses";
import { CLAIM_SECONDS } from "../config/patience";
import { ConflictError } from "../runtime/errors";
import {
  addCustomer,
  closeConversation,
  createConversation,
  deleteConversation,
  fetchConversation,
  findConversation,
} from "../twilio/conversations";
import type { FlexUser } from "../twilio/flex-token";
import { closeChannel, createInteraction, type RoutedInteraction } from "../twilio/interactions";
import { newestMessages, postMessage } from "../twilio/messages";
import { addMessageHook } from "../twilio/scoped-webhooks";
import { findOpenTask } from "../twilio/taskrouter";
import { claimOf, claimRouting } from "./claim-routing";
import { attempt, type Desk, type FlexEnv, MESSAGE_HOOK } from "./desk";
import { joinLive } from "./join-live";
import { recordOpen, takeIn, taskRouting, timersFor } from "./route-to-flex";
import { blank, type ConversationDocument, next, type StateEvent, sidsOf } from "./state";
import { createState, happen, readState, type Versioned } from "./state-store";

export interface OutboundDesk extends Desk {
  who: FlexUser;
  env: FlexEnv & { FLEX_OUTBOUND_QUEUE_SID: string; SMS_SENDER: string };
}

export interface OutboundMessage {
  /** The customer's address. */
  to: string;
  body: string;
  /** The same for every try of the same click. */
  idempotencyKey: string;
}

/** `started`: a Conversation begun for it; `joined`: the customer's live one; `pending`: another call with this key is at it. */
export interface Outbound extends Partial<RoutedInteraction> {
  status: "started" | "joined" | "pending";
  conversationSid: string;
  messageSid: string;
}

/**
 * An agent writes first. The unique name of the Conversation is the claim of this click, so a repeat finds what the first
 * call made, or goes on where it died. Until Twilio has taken the message everything is undone on failure; from then on
 * the customer may answer, so it stays and is handed over.
 */
export async function startOutbound(desk: OutboundDesk, message: OutboundMessage): Promise<Outbound> {
  const claim = `outbound.${digestOf(desk.who.workerSid, message.idempotencyKey)}`;
  const created = await createConversation(desk.twilio, { uniqueName: claim, attributes: {}, timers: timersFor() });
  if (!created) return goOn(desk, message, claim);
  const [customer, written] = await Promise.allSettled([
    addCustomer(desk.twilio, created, { address: message.to, proxyAddress: desk.env.SMS_SENDER }),
    createState(desk.twilio, created, inHand(desk, claim)),
    attempt(desk, "message_hook", created, addMessageHook(desk.twilio, created, desk.urlOf(MESSAGE_HOOK))),
  ]);
  if (customer.status === "rejected") {
    await undo(desk, created, claim);
    throw customer.reason;
  }
  // Without Sync the unique name alone keeps the click from being done twice.
  if (written.status === "rejected") desk.log.warn("state_unavailable", { conversationSid: created });
  const state = written.status === "fulfilled" ? written.value : undefined;
  const { heldBy } = customer.value;
  if (heldBy) return leaveFor(desk, message, { claim, empty: created, heldBy });
  return begin(desk, message, { claim, conversationSid: created, state });
}

/** The state of a Conversation just made for a click: routing claimed, and the message in this call's hand. */
function inHand(desk: OutboundDesk, claim: string): ConversationDocument {
  const { owner, until } = claimOf(desk, claim);
  const events: StateEvent[] = [
    { type: "sending", until },
    { type: "claimed", owner, until },
  ];
  return events.reduce((document, event) => next(document, event) ?? document, blank("flow"));
}

interface Begun {
  claim: string;
  conversationSid: string;
  state?: Versioned;
}

async function begin(desk: OutboundDesk, message: OutboundMessage, begun: Begun): Promise<Outbound> {
  const { conversationSid, claim, state } = begun;
  const routing = { address: message.to, attributes: {} };
  let routed: RoutedInteraction | undefined;
  try {
    routed = await createInteraction(desk.twilio, {
      conversationSid,
      channelType: channelOfAddress(message.to) ?? "sms",
      initiatedBy: "agent",
      routing: {
        ...taskRouting(desk, routing),
        workerSid: desk.who.workerSid,
        queueSid: desk.env.FLEX_OUTBOUND_QUEUE_SID,
      },
    });
    const [messageSid] = await Promise.all([
      post(desk, conversationSid, message, claim),
      recordOpen(desk, conversationSid, { routed, routing, known: state, how: "direct" }),
    ]);
    desk.log.info("outbound_started", { conversationSid, ...routed });
    return { status: "started", conversationSid, messageSid, ...routed };
  } catch (error) {
    await undo(desk, conversationSid, claim, routed);
    throw error;
  }
}

/** Another call with this click was here before: answers what it made, or takes it out of the hand of one that died. */
async function goOn(desk: OutboundDesk, message: OutboundMessage, claim: string): Promise<Outbound> {
  const conversationSid = await findConversation(desk.twilio, claim);
  // Just taken away, since the customer was live elsewhere.
  if (!conversationSid) return { status: "pending", conversationSid: "", messageSid: "" };
  const messageSid = await findPosted(desk, conversationSid, claim);
  const found = await readState(desk.twilio, conversationSid);
  if (messageSid) return { status: "started", conversationSid, messageSid, ...(found && sidsOf(found.document)) };
  if (found?.document.state === "ended") {
    throw new ConflictError("already_ended", "This click was dealt with, and its Conversation has ended.");
  }
  const state = await takeInHand(desk, conversationSid, claim, found);
  if (!state) return { status: "pending", conversationSid, messageSid: "" };
  const pair = { address: message.to, proxyAddress: desk.env.SMS_SENDER };
  const { heldBy } = await addCustomer(desk.twilio, conversationSid, pair);
  if (heldBy && heldBy !== conversationSid) return leaveFor(desk, message, { claim, empty: conversationSid, heldBy });
  await takeIn(desk, conversationSid);
  const taken = await claimRouting(desk, conversationSid, claim, { known: state });
  if (taken.outcome === "claimed") return begin(desk, message, { claim, conversationSid, state: taken.state });
  if (taken.outcome !== "open") return { status: "pending", conversationSid, messageSid: "" };
  const posted = await post(desk, conversationSid, message, claim);
  return { status: "started", conversationSid, messageSid: posted, ...taken.routed };
}

/** Of several repeats after a death one gets the message in hand; none while a call with it may be alive. */
async function takeInHand(
  desk: OutboundDesk,
  conversationSid: string,
  claim: string,
  found: Versioned | undefined,
): Promise<Versioned | undefined> {
  if (!found) {
    const { createdAt } = await fetchConversation(desk.twilio, conversationSid);
    const young = desk.now().getTime() - createdAt.getTime() < CLAIM_SECONDS * 1000;
    return young ? undefined : createState(desk.twilio, conversationSid, inHand(desk, claim));
  }
  const { document } = found;
  if (document.sendingUntil && desk.now() < new Date(document.sendingUntil)) return undefined;
  const { until } = claimOf(desk, claim);
  const event = (now: ConversationDocument) => (now === document ? ({ type: "sending", until } as const) : undefined);
  return happen(desk.twilio, conversationSid, event, found);
}

/** The customer is live already: what was begun for this click goes once the message is where it belongs. */
async function leaveFor(
  desk: OutboundDesk,
  message: OutboundMessage,
  { claim, empty, heldBy }: { claim: string; empty: string; heldBy: string },
): Promise<Outbound> {
  try {
    const already = await findPosted(desk, heldBy, claim);
    if (already) return { status: "joined", conversationSid: heldBy, messageSid: already };
    const joined = await joinLive(desk, heldBy, message.to);
    const messageSid = await post(desk, heldBy, message, claim);
    return { status: "joined", conversationSid: heldBy, messageSid, ...joined };
  } finally {
    await attempt(desk, "cleanup", empty, deleteConversation(desk.twilio, empty));
    await attempt(
      desk,
      "state_write",
      empty,
      happen(desk.twilio, empty, () => ({ type: "conversationClosed" })),
    );
  }
}

/** The agent's words, marked with the click they came from. */
function post(desk: OutboundDesk, conversationSid: string, { body }: OutboundMessage, claim: string): Promise<string> {
  const attributes = { outbound: claim };
  return postMessage(desk.twilio, conversationSid, { author: desk.who.identity, body, attributes, webhooks: true });
}

const LOOKED_AT = 50;

async function findPosted(desk: OutboundDesk, conversationSid: string, claim: string): Promise<string | undefined> {
  const rows = await newestMessages(desk.twilio, conversationSid, LOOKED_AT);
  return rows.find(({ attributes }) => attributes.outbound === claim)?.sid;
}

/** Takes back what was made, unless the message did get out: then the customer may answer, and somebody must be there. */
async function undo(
  desk: OutboundDesk,
  conversationSid: string,
  claim: string,
  routed?: RoutedInteraction,
): Promise<void> {
  try {
    if (await findPosted(desk, conversationSid, claim)) return;
    // An unclear failure may have made an Interaction all the same.
    const made = routed ?? (await findOpenTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, conversationSid));
    if (made) await closeChannel(desk.twilio, made.interactionSid, made.channelSid);
    await closeConversation(desk.twilio, conversationSid);
    await happen(desk.twilio, conversationSid, () => ({ type: "conversationClosed" }));
    await deleteConversation(desk.twilio, conversationSid);
  } catch {
    // The claim dies, and a repeat with the same key goes on from here; the watchdog finds the rest.
    desk.log.error("undo_failed", { conversationSid });
  }
}

function digestOf(workerSid: string, key: string): string {
  return createHash("sha256").update(`${workerSid}/${key}`).digest("hex").slice(0, 40);
}
