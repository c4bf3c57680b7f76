import { closeConversation, fetchConversation, findCustomer, setTimers } from "../twilio/conversations";
import { newestMessages } from "../twilio/messages";
import { listHooks } from "../twilio/scoped-webhooks";
import { isExecutionActive } from "../twilio/studio";
import { claimOf, settle } from "./claim-routing";
import { attempt, type Desk, MESSAGE_HOOK } from "./desk";
import { rewindWatchdog, routeAgain } from "./route-again";
import { routeToFlex } from "./route-to-flex";
import { type ConversationDocument, isAlive, type Routing } from "./state";
import { happen, readState, type Versioned } from "./state-store";
import { lateMessages, succeed } from "./succeed";

/** A Conversation was closed, by Flex, by us, or by its timer: late Messages go to a successor. */
export async function conversationClosed(desk: Desk, conversationSid: string, at: Date): Promise<void> {
  const closed = await happen(desk.twilio, conversationSid, () => ({ type: "conversationClosed" }));
  if (closed?.document.closingAt) await succeed(desk, conversationSid, closed.document, at);
}

/**
 * The watchdog rang: nothing was said for a while. It is wound up before anything else, so that it rings again whatever
 * fails from there on; then whoever should have the customer is looked for, and a customer whom nobody has is routed.
 */
export async function watchOver(desk: Desk, conversationSid: string): Promise<void> {
  const owner = `watchdog.${conversationSid}`;
  const known = await readOrWake(desk, conversationSid);
  if (!known) return adopt(desk, conversationSid, owner);
  const { document } = known;
  if (["parked", "ended", "blocked"].includes(document.state)) return;
  if (document.state === "left" && !(await wroteSinceLeft(desk, conversationSid, document))) return;
  await watched(desk, conversationSid, document.routing, () => lookAfter(desk, conversationSid, known, owner));
}

async function lookAfter(desk: Desk, conversationSid: string, known: Versioned, owner: string): Promise<unknown> {
  const { document } = known;
  switch (document.state) {
    case "flow":
      return (await flowWaits(desk, document)) ? undefined : route(desk, conversationSid, known, owner);
    case "routing":
      return isAlive(document, desk.now()) ? undefined : route(desk, conversationSid, known, owner);
    case "open":
    case "left":
      return route(desk, conversationSid, known, owner);
    case "closing":
      return succeed(desk, conversationSid, document, desk.now());
  }
}

/** Winds the watchdog up and does the work; where the first failed, it is tried again afterwards. */
async function watched(
  desk: Desk,
  conversationSid: string,
  routing: Routing | undefined,
  work: () => Promise<unknown>,
): Promise<void> {
  const rewind = () => rewindWatchdog(desk, conversationSid, routing);
  const wound = await rewind().then(
    () => true,
    () => false,
  );
  try {
    await work();
  } finally {
    if (!wound) await attempt(desk, "timers", conversationSid, rewind());
  }
}

/** Without Sync nothing tells whether the Conversation is ours: its own timer is started anew, and nothing else done. */
async function readOrWake(desk: Desk, conversationSid: string): Promise<Versioned | undefined> {
  try {
    return await readState(desk.twilio, conversationSid);
  } catch (error) {
    await attempt(desk, "timers", conversationSid, setTimers(desk.twilio, conversationSid, {}, true));
    throw error;
  }
}

/** Flex may be set not to revive a channel that was left: then a customer who writes waits for us. */
async function wroteSinceLeft(desk: Desk, conversationSid: string, { closingAt }: ConversationDocument) {
  return closingAt !== undefined && (await lateMessages(desk, conversationSid, new Date(closingAt))).length > 0;
}

async function flowWaits(desk: Desk, { flowSid, executionSid }: ConversationDocument): Promise<boolean> {
  return flowSid !== undefined && executionSid !== undefined && isExecutionActive(desk.twilio, flowSid, executionSid);
}

async function route(desk: Desk, conversationSid: string, known: Versioned, owner: string): Promise<void> {
  if (await settle(desk, conversationSid, known)) return;
  const { document } = known;
  const claim = await happen(
    desk.twilio,
    conversationSid,
    (now) => (now === document ? { type: "claimed", ...claimOf(desk, owner) } : undefined),
    known,
  );
  if (!claim) return;
  if (document.sendingUntil && (await isSilent(desk, conversationSid))) return drop(desk, conversationSid);
  const routing = document.routing ?? (await routingOf(desk, conversationSid));
  if (routing) await routeAgain(desk, conversationSid, claim, routing, owner);
}

/** Names of Conversations that we make ourselves. */
const OUR_NAMES = /^(outbound|after)\./;

/**
 * Whoever should have written down who has the customer died before. Ours are Conversations of our making, and those
 * whose Messages we are sent; all others belong to somebody else.
 */
async function adopt(desk: Desk, conversationSid: string, owner: string): Promise<void> {
  const [{ uniqueName }, hooks] = await Promise.all([
    fetchConversation(desk.twilio, conversationSid),
    listHooks(desk.twilio, conversationSid),
  ]);
  const url = desk.urlOf(MESSAGE_HOOK);
  if (!OUR_NAMES.test(uniqueName) && !hooks.some((hook) => hook.url === url)) return;
  await watched(desk, conversationSid, undefined, async () => {
    if (await goOnSucceeding(desk, uniqueName)) return;
    if (await isSilent(desk, conversationSid)) return drop(desk, conversationSid);
    const routing = await routingOf(desk, conversationSid);
    if (routing) await routeToFlex(desk, { conversationSid, routing, owner });
  });
}

/** A successor whose maker died is finished from the Conversation before it. */
async function goOnSucceeding(desk: Desk, uniqueName: string): Promise<boolean> {
  const [, previous] = /^after\.(CH[0-9a-f]{32})$/.exec(uniqueName) ?? [];
  const known = previous ? await readState(desk.twilio, previous) : undefined;
  if (!previous || !known) return false;
  const result = await succeed(desk, previous, known.document, desk.now());
  return result !== "none" && result !== "done";
}

/** An outbound call died before its message got out: nobody waits, and the address pair is set free. */
async function drop(desk: Desk, conversationSid: string): Promise<void> {
  await closeConversation(desk.twilio, conversationSid);
  await happen(desk.twilio, conversationSid, () => ({ type: "conversationClosed" }));
}

async function isSilent(desk: Desk, conversationSid: string): Promise<boolean> {
  return (await newestMessages(desk.twilio, conversationSid, 1)).length === 0;
}

async function routingOf(desk: Desk, conversationSid: string): Promise<Routing | undefined> {
  const customer = await findCustomer(desk.twilio, conversationSid);
  return customer && { address: customer.address, attributes: {} };
}
