import { channelTypeOf } from "../channels/addresses";
import { WORKER_SECONDS } from "../config/patience";
import { ConflictError } from "../runtime/errors";
import { fetchConversation } from "../twilio/conversations";
import { createInteraction, createInvite, type RoutedInteraction } from "../twilio/interactions";
import { findAssignedWorker, findOpenTask, type OpenTask } from "../twilio/taskrouter";
import { claimOf, claimRouting } from "./claim-routing";
import { plainRouting } from "./pre-engagement";
import { letGoOfFlow, recordOpen, taskRouting, underClaim } from "./route-to-flex";
import type { OutboundDesk } from "./start-outbound";
import { isAlive, type Routing } from "./state";
import { happen, readState, type Versioned } from "./state-store";

/** A pair this young without a state is somebody's who is just beginning. */
const YOUNG_MS = 30_000;

/**
 * An agent wants to write to a customer who has a live Conversation. Their own is theirs to write in; one that waits in a
 * Flow, was put aside or left comes to them; another agent's, or one that waits in a queue, is refused with the reason.
 * Never is there a second live Interaction. Answers what was made, if anything.
 */
export async function joinLive(
  desk: OutboundDesk,
  conversationSid: string,
  address: string,
): Promise<Partial<RoutedInteraction>> {
  const known = await readState(desk.twilio, conversationSid);
  if (!known) return joinStateless(desk, conversationSid, address);
  switch (known.document.state) {
    case "open":
      return joinTask(desk, conversationSid, address, known);
    case "flow":
    case "blocked":
      return takeFromFlow(desk, conversationSid, address, known);
    case "parked":
    case "left":
      return inviteCaller(desk, conversationSid, address, known);
    case "routing":
      if (isAlive(known.document, desk.now())) throw busy();
      return joinTask(desk, conversationSid, address, known);
    case "closing":
    case "ended":
      throw new ConflictError("closing", "The customer's Conversation is just closing. Try again in a minute.");
  }
}

async function joinStateless(desk: OutboundDesk, conversationSid: string, address: string) {
  const { createdAt } = await fetchConversation(desk.twilio, conversationSid);
  if (desk.now().getTime() - createdAt.getTime() < YOUNG_MS) throw busy();
  return joinTask(desk, conversationSid, address);
}

async function joinTask(desk: OutboundDesk, conversationSid: string, address: string, known?: Versioned) {
  const task = await findOpenTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, conversationSid);
  if (!task)
    return known?.document.channelSid
      ? inviteCaller(desk, conversationSid, address, known)
      : takeFromFlow(desk, conversationSid, address, known);
  await refuseUnlessOwn(desk, task);
  const { interactionSid, channelSid, taskSid } = task;
  return { interactionSid, channelSid, taskSid };
}

async function refuseUnlessOwn(desk: OutboundDesk, task: OpenTask): Promise<void> {
  const { queueName: queue, age, aimedAt } = task;
  // Theirs before they have taken it, as where an earlier try of this click has made it.
  if (aimedAt === desk.who.workerSid) return;
  const worker = await findAssignedWorker(desk.twilio, desk.env.FLEX_WORKSPACE_SID, task.taskSid);
  if (worker?.workerSid === desk.who.workerSid) return;
  if (worker) throw new ConflictError("other_agent", `The customer is with ${worker.name}.`, { agent: worker.name });
  throw new ConflictError("customer_waiting", "The customer waits in a queue: take their Task.", { queue, age });
}

async function takeFromFlow(desk: OutboundDesk, conversationSid: string, address: string, known?: Versioned) {
  const owner = `outbound.${desk.who.workerSid}`;
  const claim = await claimRouting(desk, conversationSid, owner, { known });
  if (claim.outcome !== "claimed") throw busy();
  const routing = claim.state?.document.routing ?? (await plainRouting(desk, conversationSid, address));
  await letGoOfFlow(desk, { conversationSid, owner }, claim.state);
  return openForCaller(desk, conversationSid, routing, claim.state);
}

/** Under a claim: the Interaction by which the caller has the customer. */
export async function openForCaller(
  desk: OutboundDesk,
  conversationSid: string,
  routing: Routing,
  known: Versioned | undefined,
): Promise<RoutedInteraction> {
  const routed = await underClaim(desk, conversationSid, known, () =>
    createInteraction(desk.twilio, {
      conversationSid,
      channelType: channelTypeOf(routing.address),
      initiatedBy: "agent",
      routing: forCaller(desk, routing),
    }),
  );
  await recordOpen(desk, conversationSid, { routed, routing, known, how: "direct" });
  return routed;
}

async function inviteCaller(desk: OutboundDesk, conversationSid: string, address: string, known: Versioned) {
  const { document } = known;
  const { interactionSid, channelSid } = document;
  if (!interactionSid || !channelSid) return takeFromFlow(desk, conversationSid, address, known);
  const owner = `outbound.${desk.who.workerSid}`;
  const claim = await happen(
    desk.twilio,
    conversationSid,
    (now) => (now === document ? { type: "claimed", ...claimOf(desk, owner) } : undefined),
    known,
  );
  if (!claim) throw busy();
  const routing = document.routing ?? (await plainRouting(desk, conversationSid, address));
  const routed = await underClaim(desk, conversationSid, claim, () =>
    createInvite(desk.twilio, interactionSid, channelSid, { ...forCaller(desk, routing), timeout: WORKER_SECONDS }),
  );
  await recordOpen(desk, conversationSid, { routed, routing, known: claim, how: "direct" });
  return routed;
}

function forCaller(desk: OutboundDesk, routing: Routing) {
  return { ...taskRouting(desk, routing), workerSid: desk.who.workerSid, queueSid: desk.env.FLEX_OUTBOUND_QUEUE_SID };
}

function busy(): ConflictError {
  return new ConflictError("being_routed", "Somebody is just taking this customer up. Try again in a few seconds.");
}
