import { twilioChannelOf } from "../channels/addresses";
import { readConversationName } from "../channels/custom-identity";
import { nobodyWaits } from "../channels/keywords";
import { closeConversation, fetchConversation, setTimers } from "../twilio/conversations";
import { newestMessages } from "../twilio/messages";
import { listHooks, type ScopedWebhook } from "../twilio/scoped-webhooks";
import { isExecutionActive } from "../twilio/studio";
import { claimOf, settle } from "./claim-routing";
import { noteEnd } from "./custom/contact-pointer";
import { attempt, type Desk, MESSAGE_HOOK } from "./desk";
import { addressOf, findCustomer } from "./find-customer";
import { plainRouting } from "./pre-engagement";
import { rewindWatchdog, routeAgain } from "./route-again";
import { routeToFlex } from "./route-to-flex";
import { type ConversationDocument, isAlive, type Routing } from "./state";
import { happen, readState, type Versioned } from "./state-store";
import { lateMessages, succeed, unseenSince } from "./succeed";

/** A Conversation was closed, by Flex, by us, or by its timer: late Messages go to a successor, and so does what comes next. */
export async function conversationClosed(desk: Desk, conversationSid: string, at: Date): Promise<void> {
  const closed = await happen(desk.twilio, conversationSid, () => ({ type: "conversationClosed" }));
  if (!twilioChannelOf(closed?.document.routing?.address ?? "")) {
    await attempt(desk, "pointing", conversationSid, noteEnd(desk, conversationSid));
  }
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
async function wroteSinceLeft(desk: Desk, conversationSid: string, document: ConversationDocument) {
  if (document.closingAt === undefined) return false;
  return (await lateMessages(desk, conversationSid, unseenSince(document, desk.now()))).length > 0;
}

async function flowWaits(desk: Desk, { flowSid, executionSid }: ConversationDocument): Promise<boolean> {
  return flowSid !== undefined && executionSid !== undefined && isExecutionActive(desk.twilio, flowSid, executionSid);
}

/** Takes the claim over what was read, unless a Task turns up, and puts the customer before the agents. */
export async function route(desk: Desk, conversationSid: string, known: Versioned, owner: string): Promise<void> {
  if (await settle(desk, conversationSid, known)) return;
  const { document } = known;
  const claim = await happen(
    desk.twilio,
    conversationSid,
    (now) => (now === document ? { type: "claimed", ...claimOf(desk, owner) } : undefined),
    known,
  );
  if (!claim) return;
  const mayBeSilent = document.sendingUntil !== undefined || document.state === "flow";
  if (mayBeSilent && (await isSilent(desk, conversationSid))) return drop(desk, conversationSid);
  const routing = document.routing ?? (await routingOf(desk, conversationSid));
  if (routing) await routeAgain(desk, conversationSid, claim, routing, owner);
}

/** Names of Conversations that we make ourselves. */
const isOurName = (uniqueName: string) =>
  /^(outbound|after)\./.test(uniqueName) || readConversationName(uniqueName) !== undefined;

/**
 * Without a Document, ours are Conversations of our making, those whose Messages we are sent, and those of guests and of
 * customers on channels of ours; all others belong to somebody else.
 */
export async function isOurs(
  desk: Desk,
  { sid, uniqueName }: { sid: string; uniqueName: string },
  hooks: readonly ScopedWebhook[],
): Promise<boolean> {
  if (isOurName(uniqueName) || hooks.some(({ url }) => url === desk.urlOf(MESSAGE_HOOK))) return true;
  const customer = await findCustomer(desk.twilio, sid);
  return customer !== undefined && !("address" in customer);
}

/** Whoever should have written down who has the customer died before. */
async function adopt(desk: Desk, conversationSid: string, owner: string): Promise<void> {
  const [conversation, hooks] = await Promise.all([
    fetchConversation(desk.twilio, conversationSid),
    listHooks(desk.twilio, conversationSid),
  ]);
  if (!(await isOurs(desk, conversation, hooks))) return;
  await watched(desk, conversationSid, undefined, async () => {
    if (await goOnSucceeding(desk, conversation.attributes)) return;
    if (await isSilent(desk, conversationSid)) return drop(desk, conversationSid);
    const routing = await routingOf(desk, conversationSid);
    if (routing) await routeToFlex(desk, { conversationSid, routing, owner });
  });
}

/** A successor whose maker died is finished from the Conversation before it. */
async function goOnSucceeding(desk: Desk, { previousConversationSid: previous }: Record<string, unknown>) {
  if (typeof previous !== "string" || !/^CH[0-9a-f]{32}$/.test(previous)) return false;
  const known = await readState(desk.twilio, previous);
  if (!known) return false;
  const result = await succeed(desk, previous, known.document, desk.now());
  return result !== "none" && result !== "done";
}

/** Nobody waits, as when an outbound call died before its message got out: the address pair is set free. */
export async function drop(desk: Desk, conversationSid: string): Promise<void> {
  await closeConversation(desk.twilio, conversationSid);
  await happen(desk.twilio, conversationSid, () => ({ type: "conversationClosed" }));
}

const LOOKED_AT = 50;

async function isSilent(desk: Desk, conversationSid: string): Promise<boolean> {
  return nobodyWaits(await newestMessages(desk.twilio, conversationSid, LOOKED_AT));
}

export async function routingOf(desk: Desk, conversationSid: string): Promise<Routing | undefined> {
  const customer = await findCustomer(desk.twilio, conversationSid);
  return customer && plainRouting(desk, conversationSid, addressOf(customer));
}
