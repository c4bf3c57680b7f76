import type { TwilioChannel } from "../channels/addresses";
import type { Deadline } from "../runtime/deadline";
import { TwilioRefusal } from "../runtime/errors";
import { twilioError } from "../runtime/twilio-client";
import { createInteraction, type RoutedInteraction } from "../twilio/interactions";
import { type Claim, claimRouting, type Desk, routedOf } from "./claim-routing";
import { opened, readState, type Versioned, writeState } from "./state";

/** What routing needs of a Function's services. */
export interface RoutingDesk extends Desk {
  deadline: Deadline;
  env: {
    FLEX_WORKSPACE_SID: string;
    FLEX_WORKFLOW_SID: string;
    FLEX_TASK_CHANNEL: string;
  };
}

export interface Handover {
  conversationSid: string;
  /** The customer's address. */
  address: string;
  channel: TwilioChannel;
  /** The caller's Task attributes; they are kept. */
  attributes: Record<string, unknown>;
  priority?: number;
  /** Seconds. */
  timeout?: number;
  /** Who asks: an Execution's SID when a Flow calls, so that it finds its own claim again; else any id of this call. */
  owner: string;
}

/** `routed` by this call, `open` already, or `pending`: somebody else is at it. */
export interface Routed extends Partial<RoutedInteraction> {
  status: "routed" | "open" | "pending";
}

const REREAD_MS = 500;
/** Kept back for the reply. */
const SPARE_MS = 1_000;

/**
 * Gives a customer to Flex: claim, create the Interaction, write down what came of it. However many ask at once, one
 * Interaction is made. A refused create frees the claim at once; an unclear one leaves it to die and be settled.
 */
export async function routeToFlex(desk: RoutingDesk, handover: Handover): Promise<Routed> {
  const claim = await claimRouting(desk, handover.conversationSid, handover.owner);
  if (claim.outcome === "open") return { status: "open", ...claim.routed };
  if (claim.outcome === "busy") return { status: "pending" };
  const routed = await create(desk, handover, claim);
  await write(desk, handover.conversationSid, claim.state, routed);
  desk.log.info("routed", {
    conversationSid: handover.conversationSid,
    ...routed,
  });
  return { status: "routed", ...routed };
}

/** Waits for whoever is routing, as long as the deadline allows: for callers that need the SIDs. */
export async function awaitRouted(desk: RoutingDesk, conversationSid: string): Promise<Routed> {
  while (desk.deadline.remainingMs() > REREAD_MS + SPARE_MS) {
    await new Promise((resolve) => setTimeout(resolve, REREAD_MS));
    const found = await readState(desk.twilio, conversationSid);
    if (found?.document.state === "open") return { status: "open", ...routedOf(found.document) };
  }
  return { status: "pending" };
}

async function create(desk: RoutingDesk, handover: Handover, claim: Extract<Claim, { outcome: "claimed" }>) {
  const { env, twilio } = desk;
  try {
    return await createInteraction(twilio, {
      conversationSid: handover.conversationSid,
      channelType: handover.channel,
      workspaceSid: env.FLEX_WORKSPACE_SID,
      workflowSid: env.FLEX_WORKFLOW_SID,
      taskChannel: env.FLEX_TASK_CHANNEL,
      attributes: taskAttributes(handover),
      priority: handover.priority,
      timeout: handover.timeout,
    });
  } catch (cause) {
    const error = twilioError(cause);
    if (error instanceof TwilioRefusal) await free(desk, handover.conversationSid, claim.state);
    throw error;
  }
}

/** What Flex UI and Insights read, unless the caller says otherwise: https://www.twilio.com/docs/flex/developer/conversations/interactions-api#task-attributes */
function taskAttributes({ address, attributes }: Handover): Record<string, unknown> {
  const name =
    typeof attributes.customerName === "string" && attributes.customerName ? attributes.customerName : address;
  return {
    from: name,
    customerAddress: address,
    name,
    ...attributes,
    customerName: name,
  };
}

async function write(
  desk: RoutingDesk,
  conversationSid: string,
  state: Versioned | undefined,
  routed: RoutedInteraction,
): Promise<void> {
  if (!state) return;
  try {
    await writeState(desk.twilio, conversationSid, opened(state.document, routed), state.revision);
  } catch {
    // The Interaction exists; whoever finds the dead claim settles it by a Task query.
    desk.log.warn("state_not_written", { conversationSid });
  }
}

/** Nothing was made: lets the next caller claim without waiting for this claim to die. */
async function free(desk: RoutingDesk, conversationSid: string, state: Versioned | undefined): Promise<void> {
  if (!state) return;
  const freed = { ...state.document, until: desk.now().toISOString() };
  try {
    await writeState(desk.twilio, conversationSid, freed, state.revision);
  } catch {
    desk.log.warn("claim_not_freed", { conversationSid });
  }
}
