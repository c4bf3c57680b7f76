import { channelTypeOf } from "../channels/addresses";
import { keptOpen, WATCHDOG } from "../config/patience";
import { TwilioRefusal } from "../runtime/errors";
import { twilioError } from "../runtime/twilio-client";
import { setTimers } from "../twilio/conversations";
import { createInteraction, type RoutedInteraction, type TaskRouting } from "../twilio/interactions";
import { addMessageHook, listHooks, removeHook } from "../twilio/scoped-webhooks";
import { endExecution } from "../twilio/studio";
import { claimRouting, type Look } from "./claim-routing";
import { attempt, type Desk, MESSAGE_HOOK } from "./desk";
import { isBlocked } from "./settings-of";
import { blank, type ConversationDocument, next, type Routing, sidsOf } from "./state";
import { createState, happen, readState, type Versioned } from "./state-store";

export interface Handover {
  conversationSid: string;
  /** The customer, and how they are to be routed. */
  routing: Routing;
  /** Who asks: an Execution's SID when a Flow calls, so that it finds its own claim again; else any id of this call. */
  owner: string;
  /** Our message hook called, so it need not be looked for. */
  heard?: boolean;
}

/**
 * `routed` by this call, `open` already, `pending`: somebody else is at it; `over`: the Conversation has had its day;
 * `blocked`: nobody is to have this sender.
 */
export interface Routed extends Partial<RoutedInteraction> {
  status: "routed" | "open" | "pending" | "over" | "blocked";
}

/** What a claim hands to whoever got it. */
interface Claimed {
  state?: Versioned;
  first: boolean;
}

const REREAD_MS = 500;
/** Kept back for the reply. */
const SPARE_MS = 1_000;

/**
 * Gives a customer to Flex: claim, create the Interaction, write down what came of it. However many ask at once, one
 * Interaction is made.
 */
export async function routeToFlex(desk: Desk, handover: Handover, look?: Look): Promise<Routed> {
  const [claim, blocked] = await Promise.all([
    claimRouting(desk, handover.conversationSid, handover.owner, look),
    isBlocked(desk, handover.routing.address),
  ]);
  switch (claim.outcome) {
    case "open":
      return { status: "open", ...claim.routed };
    case "busy":
      return { status: "pending" };
    case "over":
      return { status: "over" };
    case "claimed":
      return blocked ? leaveAlone(desk, handover, claim) : routeUnderClaim(desk, handover, claim);
  }
}

/** Under a claim: a Conversation of a blocked sender is watched and heard like any other, for the day they no longer are. */
async function leaveAlone(desk: Desk, handover: Handover, { state, first }: Claimed): Promise<Routed> {
  if (first) await takeIn(desk, handover.conversationSid, handover);
  await turnAway(desk, handover, state);
  return { status: "blocked" };
}

/** Under a claim: takes the customer from a Flow that has them, makes the Interaction, and opens the Conversation. */
export async function routeUnderClaim(desk: Desk, handover: Handover, { state, first }: Claimed): Promise<Routed> {
  const { conversationSid, routing, heard } = handover;
  await letGoOfFlow(desk, handover, state);
  const takenIn = first ? takeIn(desk, conversationSid, { taskSeconds: routing.timeout, heard }) : undefined;
  const made = underClaim(desk, conversationSid, state, () =>
    createInteraction(desk.twilio, {
      conversationSid,
      channelType: channelTypeOf(routing.address),
      initiatedBy: "customer",
      routing: taskRouting(desk, routing),
    }),
  );
  // Whatever becomes of the Interaction, the watchdog is set before the reply ends this process.
  const routed = await made.finally(() => takenIn);
  await recordOpen(desk, conversationSid, { routed, routing, known: state });
  desk.log.info("routed", { conversationSid, ...routed });
  return { status: "routed", ...routed };
}

/**
 * A blocked sender: no Flow speaks to them and no Task is made. Their Conversation stays: a closed one would be made anew,
 * with an Execution, at each of their messages, while in this one a message costs a look at the settings. It ends by its timers.
 */
export async function turnAway(
  desk: Desk,
  handover: Pick<Handover, "conversationSid" | "owner">,
  known?: Versioned,
): Promise<void> {
  const { conversationSid } = handover;
  const away = await happen(desk.twilio, conversationSid, () => ({ type: "blocked" }), known);
  if (!away) return;
  await letGoOfFlow(desk, handover, away);
  desk.log.info("blocked", { conversationSid });
}

/** Waits for whoever is routing, as long as the deadline allows: for callers that need the SIDs. */
export async function awaitRouted(desk: Desk, conversationSid: string): Promise<Routed> {
  while (desk.deadline.remainingMs() > REREAD_MS + SPARE_MS) {
    await new Promise((resolve) => setTimeout(resolve, REREAD_MS));
    const found = await readState(desk.twilio, conversationSid);
    if (found?.document.state === "open") return { status: "open", ...sidsOf(found.document) };
  }
  return { status: "pending" };
}

/** A refused call frees the claim at once; after an unclear one it is left to die and be settled, since something may exist. */
export async function underClaim<Result>(
  desk: Desk,
  conversationSid: string,
  state: Versioned | undefined,
  make: () => Promise<Result>,
): Promise<Result> {
  try {
    return await make();
  } catch (cause) {
    const error = twilioError(cause);
    if (error instanceof TwilioRefusal && state) {
      const { owner: mine } = state.document;
      const event = ({ owner }: ConversationDocument) =>
        owner === mine ? ({ type: "released", now: desk.now() } as const) : undefined;
      const released = happen(desk.twilio, conversationSid, event, state);
      await attempt(desk, "release", conversationSid, released);
    }
    throw error;
  }
}

/** Writes down that there is a Task. When that fails, whoever finds the dead claim settles it by a Task query. */
export async function recordOpen(
  desk: Desk,
  conversationSid: string,
  {
    routed,
    routing,
    known,
    how,
  }: { routed: RoutedInteraction; routing?: Routing; known?: Versioned; how?: "again" | "direct" },
): Promise<void> {
  const event = { type: "opened" as const, sids: routed, now: desk.now(), routing, how };
  const written = async () => {
    const fresh = known ? undefined : next(blank("flow"), event);
    if (fresh && (await createState(desk.twilio, conversationSid, fresh))) return;
    await happen(desk.twilio, conversationSid, () => event, known);
  };
  await attempt(desk, "state_write", conversationSid, written());
}

/** What Flex UI and Insights read, unless the caller says otherwise: https://www.twilio.com/docs/flex/developer/conversations/interactions-api#task-attributes */
export function taskRouting(desk: Desk, { address, attributes, priority, timeout }: Routing): TaskRouting {
  const name =
    typeof attributes.customerName === "string" && attributes.customerName ? attributes.customerName : address;
  return {
    workspaceSid: desk.env.FLEX_WORKSPACE_SID,
    workflowSid: desk.env.FLEX_WORKFLOW_SID,
    taskChannel: desk.env.FLEX_TASK_CHANNEL,
    attributes: { from: name, customerAddress: address, name, ...attributes, customerName: name },
    priority,
    timeout,
  };
}

/** Makes a Conversation ours: its watchdog, and the one hook that hears the customer in every state. */
export async function takeIn(
  desk: Desk,
  conversationSid: string,
  { taskSeconds, heard }: { taskSeconds?: number; heard?: boolean } = {},
): Promise<void> {
  await Promise.all([
    attempt(desk, "timers", conversationSid, setTimers(desk.twilio, conversationSid, timersFor(taskSeconds))),
    heard ? undefined : attempt(desk, "message_hook", conversationSid, ensureHook(desk, conversationSid)),
  ]);
}

export const timersFor = (taskSeconds?: number) => ({ inactive: WATCHDOG, closed: keptOpen(taskSeconds) });

async function ensureHook(desk: Desk, conversationSid: string): Promise<void> {
  const url = desk.urlOf(MESSAGE_HOOK);
  const hooks = await listHooks(desk.twilio, conversationSid);
  // A Flow that could not write down that it has the customer would start again over the agent.
  const studio = hooks.filter(({ target }) => target === "studio");
  await Promise.all(studio.map(({ sid }) => removeHook(desk.twilio, conversationSid, sid)));
  if (!hooks.some((hook) => hook.url === url)) await addMessageHook(desk.twilio, conversationSid, url);
}

/** Ends the Execution that has the customer, unless it is the one that asks, and takes Studio's ear off the Conversation. */
export async function letGoOfFlow(
  desk: Desk,
  { conversationSid, owner }: Pick<Handover, "conversationSid" | "owner">,
  state: Versioned | undefined,
): Promise<void> {
  const { flowSid, executionSid, studioHookSid } = { ...state?.document };
  const others = flowSid && executionSid && executionSid !== owner;
  await Promise.all([
    others
      ? underClaim(desk, conversationSid, state, () => endExecution(desk.twilio, flowSid, executionSid))
      : undefined,
    studioHookSid
      ? attempt(desk, "studio_hook", conversationSid, removeHook(desk.twilio, conversationSid, studioHookSid))
      : undefined,
  ]);
}
