import { CLAIM_SECONDS } from "../config/patience";
import { refusalOf } from "../runtime/twilio-client";
import type { RoutedInteraction } from "../twilio/interactions";
import { findOpenTask } from "../twilio/taskrouter";
import type { Desk } from "./desk";
import { mayRoute } from "./may-route";
import { blank, type ConversationDocument, next, type StateEvent, sidsOf } from "./state";
import { createState, happen, readState, type Versioned } from "./state-store";

/** How asking for the right to route ended. */
export type Claim =
  | { outcome: "claimed"; state?: Versioned; first: boolean }
  | { outcome: "open"; routed?: RoutedInteraction }
  | { outcome: "busy" }
  | { outcome: "over" };

/** What the caller knows already. */
export interface Look {
  known?: Versioned;
  /** The Conversation is new, so that no Interaction can be without a Document; else that is looked up alongside. */
  untouched?: boolean;
}

const TRIES = 4;

/**
 * Asks for the right to route a Conversation. Of any number of callers one gets it; the others hear that it is `open`
 * already, that somebody is `busy` with it, or that it is `over`. A dead claim is settled by a Task query before it is
 * taken over. When Sync fails twice, the Task query alone decides: a customer is not left alone for want of a lock.
 */
export async function claimRouting(
  desk: Desk,
  conversationSid: string,
  owner: string,
  look: Look = {},
): Promise<Claim> {
  let failure: unknown;
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    try {
      return await claim(desk, conversationSid, owner, attempt === 1 ? look : {});
    } catch (error) {
      failure = error;
      desk.log.warn("state_unavailable", { conversationSid });
    }
  }
  // Somebody may hold the claim: only where there is no telling does the query decide alone.
  if (failure instanceof TaskQueryFailure) throw failure.cause;
  if (refusalOf(failure)?.status === 429) return { outcome: "busy" };
  desk.log.error("routing_unguarded", { conversationSid });
  const routed = await findOpenTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, conversationSid);
  return routed ? { outcome: "open", routed } : { outcome: "claimed", first: true };
}

/** TaskRouter did not say whether there is a Task, which tells nothing about Sync. */
class TaskQueryFailure extends Error {}

function askForTask(desk: Desk, conversationSid: string, over?: readonly string[]): ReturnType<typeof findOpenTask> {
  return findOpenTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, conversationSid, over).catch((cause: unknown) => {
    throw new TaskQueryFailure("The Tasks could not be looked through", { cause });
  });
}

async function claim(desk: Desk, conversationSid: string, owner: string, { known, untouched }: Look): Promise<Claim> {
  const { twilio } = desk;
  const claimed = () => ({ type: "claimed" as const, ...claimOf(desk, owner) });
  let found = known;
  if (!found) {
    const fresh = next(blank("flow"), claimed());
    const [made, open] = await Promise.all([
      fresh && createState(twilio, conversationSid, fresh),
      untouched ? undefined : askForTask(desk, conversationSid),
    ]);
    if (made && open) {
      await recordTask(desk, conversationSid, open, made);
      return { outcome: "open", routed: open };
    }
    if (made) return { outcome: "claimed", state: made, first: true };
  }
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    found ??= await readState(twilio, conversationSid);
    if (!found) break;
    const { document } = found;
    const step = mayRoute(document, owner, desk.now());
    if (step === "busy" || step === "over") return { outcome: step };
    if (step === "open") return { outcome: "open", routed: sidsOf(document) };
    const routed = step === "settle" ? await settleByQuery(desk, conversationSid, found) : undefined;
    if (routed) return { outcome: "open", routed };
    const { revision } = found;
    // Only over what was judged: a Document that changed meanwhile is judged anew.
    const taken = await happen(twilio, conversationSid, (now) => (now === document ? claimed() : undefined), {
      document,
      revision,
    });
    if (taken) return { outcome: "claimed", state: taken, first: false };
    found = undefined;
  }
  return { outcome: "busy" };
}

/** A claim from now on, for as long as its holder may live. */
export function claimOf(desk: Desk, owner: string): { owner: string; until: Date } {
  return { owner, until: new Date(desk.now().getTime() + CLAIM_SECONDS * 1000) };
}

/** Whether an Interaction exists although the Document does not say so; if it does, the Document is brought up to date. */
export async function settle(
  desk: Desk,
  conversationSid: string,
  known?: Versioned,
): Promise<RoutedInteraction | undefined> {
  try {
    return await settleByQuery(desk, conversationSid, known);
  } catch (error) {
    throw error instanceof TaskQueryFailure ? error.cause : error;
  }
}

async function settleByQuery(
  desk: Desk,
  conversationSid: string,
  known?: Versioned,
): Promise<RoutedInteraction | undefined> {
  const { state, tasks, settled } = known?.document ?? {};
  const found = await askForTask(desk, conversationSid, settled);
  if (!found) return undefined;
  const isWritten = state === "open" && tasks?.includes(found.taskSid);
  return isWritten ? sidsOf(found) : recordTask(desk, conversationSid, found, known);
}

async function recordTask(
  desk: Desk,
  conversationSid: string,
  { interactionSid, channelSid, taskSid }: RoutedInteraction,
  known?: Versioned,
): Promise<RoutedInteraction> {
  const sids = { interactionSid, channelSid, taskSid };
  // Of many who find the same Task one writes it down; the others need not write over each other.
  const event = ({ state, tasks }: ConversationDocument): StateEvent | undefined =>
    state === "open" && tasks.includes(taskSid) ? undefined : { type: "opened", sids, now: desk.now() };
  await happen(desk.twilio, conversationSid, event, known);
  return sids;
}
