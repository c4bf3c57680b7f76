import { customerOf } from "../../channels/custom-identity";
import { ConflictError } from "../../runtime/errors";
import { refusalOf } from "../../runtime/twilio-client";
import { type ConversationSummary, fetchConversation } from "../../twilio/conversations";
import type { RoutedInteraction } from "../../twilio/interactions";
import { newestMessages, postMessage } from "../../twilio/messages";
import { findOpenTask } from "../../twilio/taskrouter";
import { attempt } from "../desk";
import { joinLive, openForCaller } from "../join-live";
import { keptOn } from "../keep-delivery";
import { plainRouting } from "../pre-engagement";
import { clickName, inHand, type Outbound, type OutboundDesk } from "../start-outbound";
import { sidsOf } from "../state";
import { createState, readState } from "../state-store";
import { askRelay, type MessageToRelay } from "./ask-relay";
import { type Click, claimClick, noteWhere, releaseClick } from "./claim-click";
import { type Pointer, readPointer } from "./contact-pointer";
import type { Delivered } from "./deliver";
import { type Opened, openConversation } from "./open-conversation";

export interface CustomMessage {
  /** The customer's identity. */
  to: string;
  /** In Flex's markdown. */
  body: string;
  /** The same for every try of the same click. */
  idempotencyKey: string;
}

export interface CustomOutbound extends Outbound {
  delivery?: Delivered;
}

/**
 * An agent writes first to a customer on a channel of ours, who has written before: in their live Conversation, by the rules
 * that hold for every channel, or in their next one, by the claim that their own first message would take. A repeat of the
 * click says nothing twice.
 */
export async function startCustomOutbound(desk: OutboundDesk, message: CustomMessage): Promise<CustomOutbound> {
  const name = clickName(desk, message);
  const [claimed, pointer] = await Promise.all([claimClick(desk, name), readPointer(desk, message.to)]);
  if (!claimed) return PENDING;
  const { click, isMine } = claimed;
  const said = click.conversationSid ? await findSaid(desk, click, click.conversationSid) : undefined;
  if (said) return said;
  if (!isMine) return { ...PENDING, conversationSid: click.conversationSid ?? "" };
  const hand = { click };
  try {
    return await say(desk, message, pointer, hand);
  } catch (error) {
    await attempt(desk, "release", hand.click.conversationSid ?? "", releaseClick(desk, hand.click));
    throw error;
  }
}

const PENDING: CustomOutbound = { status: "pending", conversationSid: "", messages: [] };

async function say(
  desk: OutboundDesk,
  message: CustomMessage,
  pointer: Pointer | undefined,
  hand: { click: Click },
): Promise<CustomOutbound> {
  const { to, body } = message;
  const { conversationSid, started, routed } = await reach(desk, to, pointer, hand.click.name);
  hand.click = await noteWhere(desk, hand.click, { conversationSid, started });
  const attributes = { outbound: hand.click.name, part: 0 };
  const said = { author: desk.who.identity, attributes, body };
  const { sid } = await postMessage(desk.twilio, conversationSid, said);
  const delivery = await carried(desk, conversationSid, { ...said, sid, files: [] });
  desk.log.info("outbound_started", { conversationSid, ...routed });
  return {
    ...{ status: started ? "started" : "joined", conversationSid, ...routed },
    messages: [{ sid, body }],
    delivery,
  };
}

/** By the relay, which alone knows the platforms. Where it does not answer, the sweep finds out. */
async function carried(desk: OutboundDesk, conversationSid: string, message: MessageToRelay): Promise<Delivered> {
  try {
    const { status, words } = await askRelay(desk, conversationSid, message);
    const known = status === "failed" || status === "pending" ? status : "sent";
    return { status: known, ...(words ? { words } : {}) };
  } catch {
    desk.log.warn("relay_unanswered", { conversationSid, messageSid: message.sid });
    return { status: "pending" };
  }
}

interface Reached {
  conversationSid: string;
  /** Begun for this click. */
  started: boolean;
  routed: Partial<RoutedInteraction>;
}

/** The Conversation in which the agent has the customer. */
async function reach(desk: OutboundDesk, to: string, pointer: Pointer | undefined, claim: string): Promise<Reached> {
  const channel = customerOf(to)?.channel;
  if (!channel || !pointer) {
    throw new ConflictError("never_wrote", "Only customers who have written to you here can be written to.");
  }
  const { contact } = pointer;
  const last = await lastOf(desk, contact.conversationSid);
  if (last && last.state !== "closed") {
    refuseUnreachable(last);
    return {
      conversationSid: contact.conversationSid,
      started: false,
      routed: await joinLive(desk, contact.conversationSid, to),
    };
  }
  const { language } = last?.attributes ?? {};
  const customer = {
    ...{ identity: to, channel },
    ...(last?.friendlyName ? { name: last.friendlyName } : {}),
    ...(typeof language === "string" ? { language } : {}),
  };
  const opened = await openConversation(desk, customer, { n: contact.n + 1, pointer, byAgent: true });
  const { conversationSid } = opened.contact;
  // Whoever has the state has the customer: the claim comes before the pointer, by which they may write.
  const state = (await isTaken(desk, opened))
    ? undefined
    : await createState(desk.twilio, conversationSid, inHand(desk, claim));
  const pointed = opened.point && attempt(desk, "pointing", conversationSid, opened.point());
  try {
    const routed = state
      ? await openForCaller(desk, conversationSid, await plainRouting(desk, conversationSid, to), state)
      : await joinLive(desk, conversationSid, to);
    return { conversationSid, started: state !== undefined, routed };
  } finally {
    await pointed;
  }
}

/** One that another call has begun may have an Interaction already. */
async function isTaken(desk: OutboundDesk, { isFresh, contact }: Opened): Promise<boolean> {
  if (isFresh) return false;
  return (await findOpenTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, contact.conversationSid)) !== undefined;
}

/** Undefined when it is gone. */
async function lastOf(desk: OutboundDesk, conversationSid: string): Promise<ConversationSummary | undefined> {
  try {
    return conversationSid ? await fetchConversation(desk.twilio, conversationSid) : undefined;
  } catch (error) {
    if (refusalOf(error)?.status === 404) return undefined;
    throw error;
  }
}

function refuseUnreachable({ attributes }: ConversationSummary): void {
  if (!attributes.unreachable) return;
  throw new ConflictError("unreachable", "The customer has blocked us: nothing reaches them until they write again.");
}

const LOOKED_AT = 50;

/** What an earlier call with this click has said. */
async function findSaid(
  desk: OutboundDesk,
  click: Click,
  conversationSid: string,
): Promise<CustomOutbound | undefined> {
  const [messages, known] = await Promise.all([
    newestMessages(desk.twilio, conversationSid, LOOKED_AT),
    readState(desk.twilio, conversationSid),
  ]);
  const said = messages.find(({ attributes }) => attributes.outbound === click.name);
  if (!said) return undefined;
  const delivered = keptOn(said.attributes);
  const status = delivered === undefined ? "pending" : delivered === "failed" ? "failed" : "sent";
  return {
    ...{ status: click.started ? "started" : "joined", conversationSid },
    ...(known && sidsOf(known.document)),
    messages: [{ sid: said.sid, body: said.body }],
    delivery: { status },
  };
}
