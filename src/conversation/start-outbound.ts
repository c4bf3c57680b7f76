import { createHash } from "node:crypto";
import { channelTypeOf } from "../channels/addresses";
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
import type { PostedMessage } from "../twilio/messages";
import { addMessageHook } from "../twilio/scoped-webhooks";
import { findOpenTask } from "../twilio/taskrouter";
import { claimOf, claimRouting } from "./claim-routing";
import { attempt, type Desk, type FlexEnv, MESSAGE_HOOK } from "./desk";
import { joinLive } from "./join-live";
import {
  type Click,
  findPosted,
  isWhole,
  type OutboundMessage,
  type Posted,
  postRest,
  refuseOutsideWindow,
  refuseStranger,
} from "./outbound-message";
import { recordOpen, takeIn, taskRouting, timersFor } from "./route-to-flex";
import { blank, type ConversationDocument, next, type StateEvent, sidsOf } from "./state";
import { createState, happen, readState, type Versioned } from "./state-store";

export interface OutboundDesk extends Desk {
  who: FlexUser;
  env: FlexEnv & { FLEX_OUTBOUND_QUEUE_SID: string };
}

/** `started`: a Conversation begun for it; `joined`: the customer's live one; `pending`: another call with this key is at it. */
export interface Outbound extends Partial<RoutedInteraction> {
  status: "started" | "joined" | "pending";
  conversationSid: string;
  /** The Messages it took, in order. */
  messages: PostedMessage[];
}

/**
 * An agent writes first. The unique name of the Conversation is the claim of this click, so a repeat finds what the first
 * call made, or goes on where it died. Until Twilio has taken the message everything is undone on failure; from then on
 * the customer may answer, so it stays and is handed over.
 */
export async function startOutbound(desk: OutboundDesk, message: OutboundMessage): Promise<Outbound> {
  const claim = clickName(desk, message);
  const made = await createConversation(desk.twilio, { uniqueName: claim, attributes: {}, timers: timersFor() });
  if (!made) return goOn(desk, message, claim);
  const { sid: created } = made;
  const [customer, written] = await Promise.allSettled([
    addCustomer(desk.twilio, created, pairOf(message)),
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
export function inHand(desk: OutboundDesk, claim: string): ConversationDocument {
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
  /** By a call before this one. */
  posted?: Posted;
}

async function begin(desk: OutboundDesk, message: OutboundMessage, begun: Begun): Promise<Outbound> {
  const { conversationSid, claim, state, posted = NONE } = begun;
  const routing = { address: message.to, attributes: {} };
  let routed: RoutedInteraction | undefined;
  try {
    await refuseStranger(desk, message);
    await refuseOutsideWindow(desk, conversationSid, message);
    routed = await createInteraction(desk.twilio, {
      conversationSid,
      channelType: channelTypeOf(message.to),
      initiatedBy: "agent",
      routing: {
        ...taskRouting(desk, routing),
        workerSid: desk.who.workerSid,
        queueSid: desk.env.FLEX_OUTBOUND_QUEUE_SID,
      },
    });
    const [messages] = await Promise.all([
      postRest(desk, conversationSid, message, clickOf(desk, claim), posted),
      recordOpen(desk, conversationSid, { routed, routing, known: state, how: "direct" }),
    ]);
    desk.log.info("outbound_started", { conversationSid, ...routed });
    return { status: "started", conversationSid, messages, ...routed };
  } catch (error) {
    await undo(desk, conversationSid, claim, routed);
    throw error;
  }
}

/** Another call with this click was here before: answers what it made, or takes it out of the hand of one that died. */
async function goOn(desk: OutboundDesk, message: OutboundMessage, claim: string): Promise<Outbound> {
  const conversationSid = await findConversation(desk.twilio, claim);
  // Just taken away, since the customer was live elsewhere.
  if (!conversationSid) return pending("");
  const posted = await findPosted(desk, conversationSid, claim);
  const found = await readState(desk.twilio, conversationSid);
  if (isWhole(message, posted)) {
    return { status: "started", conversationSid, messages: [...posted.values()], ...(found && sidsOf(found.document)) };
  }
  if (found?.document.state === "ended") {
    throw new ConflictError("already_ended", "This click was dealt with, and its Conversation has ended.");
  }
  const state = await takeInHand(desk, conversationSid, claim, found);
  if (!state) return pending(conversationSid);
  const { heldBy } = await addCustomer(desk.twilio, conversationSid, pairOf(message));
  if (heldBy && heldBy !== conversationSid) return leaveFor(desk, message, { claim, empty: conversationSid, heldBy });
  await takeIn(desk, conversationSid);
  const taken = await claimRouting(desk, conversationSid, claim, { known: state });
  if (taken.outcome === "claimed") return begin(desk, message, { claim, conversationSid, state: taken.state, posted });
  if (taken.outcome !== "open") return pending(conversationSid);
  const messages = await postRest(desk, conversationSid, message, clickOf(desk, claim), posted);
  return { status: "started", conversationSid, messages, ...taken.routed };
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
    if (isWhole(message, already)) {
      return { status: "joined", conversationSid: heldBy, messages: [...already.values()] };
    }
    await refuseOutsideWindow(desk, heldBy, message);
    const joined = await joinLive(desk, heldBy, message.to);
    const messages = await postRest(desk, heldBy, message, clickOf(desk, claim), already);
    return { status: "joined", conversationSid: heldBy, messages, ...joined };
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

const NONE: Posted = new Map();

const pending = (conversationSid: string): Outbound => ({ status: "pending", conversationSid, messages: [] });

const clickOf = (desk: OutboundDesk, claim: string): Click => ({ claim, author: desk.who.identity });

const pairOf = ({ to, from }: OutboundMessage) => ({ address: to, proxyAddress: from });

/** Takes back what was made, unless the message did get out: then the customer may answer, and somebody must be there. */
async function undo(
  desk: OutboundDesk,
  conversationSid: string,
  claim: string,
  routed?: RoutedInteraction,
): Promise<void> {
  try {
    if ((await findPosted(desk, conversationSid, claim)).size > 0) return;
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

/** The same for every try of one agent's click. */
export function clickName({ who }: OutboundDesk, { idempotencyKey }: { idempotencyKey: string }): string {
  return `outbound.${createHash("sha256").update(`${who.workerSid}/${idempotencyKey}`).digest("hex").slice(0, 40)}`;
}
