import { openingAt } from "../config/hours";
import { MOST_REINVITES, SHORTEST_WAIT_MINUTES } from "../config/patience";
import { closeConversation, setTimers } from "../twilio/conversations";
import { channelStatus, closeChannel, createInvite } from "../twilio/interactions";
import type { Desk } from "./desk";
import { postNotice } from "./post-notice";
import {
  type Routed,
  recordOpen,
  routeUnderClaim,
  taskRouting,
  timersFor,
  turnAway,
  underClaim,
} from "./route-to-flex";
import { isBlocked, settingsOf } from "./settings-of";
import type { Routing } from "./state";
import { happen, type Versioned } from "./state-store";
import { succeed } from "./succeed";

/**
 * Under a claim: puts a customer before the agents again. On a channel that lives by an Invite to the Workflow, else by a
 * new Interaction. When the channel has closed nothing is routed here: late Messages go to a successor.
 */
export async function routeAgain(
  desk: Desk,
  conversationSid: string,
  state: Versioned,
  routing: Routing,
  owner: string,
): Promise<Routed> {
  const { interactionSid, channelSid } = state.document;
  const [status, blocked] = await Promise.all([
    interactionSid && channelSid ? channelStatus(desk.twilio, interactionSid, channelSid) : "gone",
    isBlocked(desk, routing.address),
  ]);
  if (blocked) {
    await turnAway(desk, { conversationSid, owner }, state);
    return { status: "blocked" };
  }
  if (status === "closed") {
    const at = desk.now();
    const taskSid = state.document.taskSid ?? "";
    const closing = await happen(desk.twilio, conversationSid, () => ({ type: "channelClosed", taskSid, at }), state);
    await succeed(desk, conversationSid, closing?.document ?? state.document, at);
    return { status: "over" };
  }
  if (!interactionSid || !channelSid || status === "failed" || status === "gone") {
    return routeUnderClaim(desk, { conversationSid, routing, owner }, { state, first: false });
  }
  // The Invite lives as long as the customer's first Task would: a shorter life would, after two more, send customers of
  // a long queue away.
  const routed = await underClaim(desk, conversationSid, state, () =>
    createInvite(desk.twilio, interactionSid, channelSid, taskRouting(desk, routing)),
  );
  await recordOpen(desk, conversationSid, { routed, routing, known: state, how: "again" });
  desk.log.info("invited_again", { conversationSid, ...routed });
  return { status: "routed", ...routed };
}

/** What is to be done for a customer whose Task ended unfinished: again, later, or tell them that nobody can answer. */
export type NextTry = { kind: "again" } | { kind: "later"; at: Date } | { kind: "giveUp" };

export function nextTry(
  document: { reinvites: number; waitingSince?: string },
  now: Date,
  opening: { open: boolean; opensAt?: Date },
): NextTry {
  if (document.reinvites < MOST_REINVITES) return { kind: "again" };
  if (!opening.open && opening.opensAt) return { kind: "later", at: opening.opensAt };
  const since = document.waitingSince ? Date.parse(document.waitingSince) : now.getTime();
  const patient = new Date(since + SHORTEST_WAIT_MINUTES * 60_000);
  return now < patient ? { kind: "later", at: patient } : { kind: "giveUp" };
}

/** Under a claim: tries again, waits with the claim held until a better time, or closes with a notice. */
export async function tryNext(
  desk: Desk,
  conversationSid: string,
  state: Versioned,
  routing: Routing,
  owner: string,
): Promise<void> {
  const settings = await settingsOf(desk);
  const step = nextTry(state.document, desk.now(), openingAt(settings.hours, desk.now()));
  if (step.kind === "again") await routeAgain(desk, conversationSid, state, routing, owner);
  if (step.kind === "later") await waitUntil(desk, conversationSid, step.at, owner, state);
  if (step.kind === "giveUp") await giveUp(desk, conversationSid, state, routing, owner);
}

/** Holds the claim until then and sets the watchdog to ring at that time: it finds the claim dead, and routes. */
export async function waitUntil(
  desk: Desk,
  conversationSid: string,
  at: Date,
  owner: string,
  state: Versioned,
): Promise<void> {
  const held = await happen(
    desk.twilio,
    conversationSid,
    (now) => (now.owner === owner ? { type: "claimed", owner, until: at } : undefined),
    state,
  );
  if (!held) return;
  const { closed } = timersFor(state.document.routing?.timeout);
  await setTimers(desk.twilio, conversationSid, { inactive: timerUntil(at, desk.now()), closed }, true);
}

/** Has the watchdog ring again after its usual time, and keeps the Conversation open for as long as a Task may live. */
export async function rewindWatchdog(desk: Desk, conversationSid: string, routing: Routing | undefined): Promise<void> {
  await setTimers(desk.twilio, conversationSid, timersFor(routing?.timeout), true);
}

/** Twilio's shortest inactive timer is a minute: https://www.twilio.com/docs/conversations-classic/states-timers */
export function timerUntil(at: Date, now: Date): string {
  return `PT${Math.max(1, Math.ceil((at.getTime() - now.getTime()) / 60_000))}M`;
}

/**
 * Nobody can answer: the customer is told so, and may write anew. One who cannot be told, since their channel's window has
 * closed, is not sent away without a word: agents are asked again and again.
 */
async function giveUp(
  desk: Desk,
  conversationSid: string,
  state: Versioned,
  routing: Routing,
  owner: string,
): Promise<void> {
  const { twilio } = desk;
  const { document } = state;
  const at = desk.now();
  if (!(await postNotice(desk, conversationSid, "nobody", routing))) {
    const later = new Date(at.getTime() + SHORTEST_WAIT_MINUTES * 60_000);
    return waitUntil(desk, conversationSid, later, owner, state);
  }
  const { interactionSid, channelSid } = document;
  if (interactionSid && channelSid) await closeChannel(twilio, interactionSid, channelSid);
  await closeConversation(twilio, conversationSid);
  await happen(twilio, conversationSid, () => ({ type: "conversationClosed" }));
  desk.log.warn("given_up", { conversationSid });
  // Who wrote in this very moment did not write in vain.
  await succeed(desk, conversationSid, { ...document, closingAt: at.toISOString() }, at);
}
