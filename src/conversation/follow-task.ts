import { channelStatus } from "../twilio/interactions";
import { mergeTaskAttributes } from "../twilio/taskrouter";
import { claimOf, settle } from "./claim-routing";
import { attempt, type Desk } from "./desk";
import { tryNext } from "./route-again";
import { type ConversationDocument, isLast, type Routing } from "./state";
import { happen, readState, type Versioned } from "./state-store";
import { succeed } from "./succeed";

/** What TaskRouter tells of the Task of an Interaction: https://www.twilio.com/docs/taskrouter/api/event/reference */
export interface TaskEvent {
  type: string;
  taskSid: string;
  /** `completed` or `canceled` when it is over; anything else was unfinished. */
  status: string;
  at: Date;
  interactionSid: string;
  channelSid: string;
  conversationSid: string;
  /** Attributes of the Task that were not Flex's own. */
  attributes: Record<string, unknown>;
}

/** Keeps a Conversation's state true to its Tasks, whoever made or ended them, and routes again when one was lost. */
export async function followTask(desk: Desk, event: TaskEvent): Promise<void> {
  switch (event.type) {
    case "task.created":
      return created(desk, event);
    case "reservation.accepted":
      await happen(desk.twilio, event.conversationSid, () => ({ type: "accepted" }));
      return;
    case "task.wrapup":
    case "task.completed":
      return finished(desk, event);
    case "task.canceled":
      return lost(desk, event);
    case "task.deleted":
    case "task.system-deleted":
      return event.status === "completed" ? lookBack(desk, event) : lost(desk, event);
  }
}

async function created(desk: Desk, event: TaskEvent): Promise<void> {
  const { interactionSid, channelSid, taskSid, conversationSid } = event;
  const sids = { interactionSid, channelSid, taskSid };
  const known = await happen(desk.twilio, conversationSid, ({ settled, tasks, routing }) =>
    settled.includes(taskSid) || tasks.includes(taskSid)
      ? undefined
      : { type: "opened", sids, now: desk.now(), routing: routing ?? routingOf(event) },
  );
  const previous = known?.document.previous;
  if (!previous) return;
  const more = { previousConversationSid: previous };
  await attempt(
    desk,
    "link",
    conversationSid,
    mergeTaskAttributes(desk.twilio, desk.env.FLEX_WORKSPACE_SID, taskSid, more),
  );
}

/** An agent ended their part. Whether anybody has the customer now is for the channel to say. */
async function finished(desk: Desk, event: TaskEvent): Promise<void> {
  const { taskSid, conversationSid, at } = event;
  const begun = await happen(desk.twilio, conversationSid, ({ settled }) =>
    settled.includes(taskSid) ? undefined : { type: "taskBeganToEnd", taskSid, at },
  );
  const known = begun ?? (await readState(desk.twilio, conversationSid));
  if (!known || known.document.settled.includes(taskSid)) return;
  const { document } = known;
  if (document.state === "ended") return afterTheEnd(desk, event, known);
  const over = event.type === "task.completed";
  if (!isLast(document, taskSid) || document.state === "parked") {
    if (over) await happen(desk.twilio, conversationSid, () => ({ type: "taskOver", taskSid }), known);
    return;
  }
  const status = await channelStatus(desk.twilio, event.interactionSid, event.channelSid);
  if (status === "closed") return close(desk, event, known);
  if (status === "inactive" || status === "pause") {
    await happen(desk.twilio, conversationSid, () => ({ type: "channelLeft", taskSid }), known);
    return;
  }
  if (over) await lost(desk, event, known);
}

async function close(desk: Desk, { conversationSid, taskSid, at }: TaskEvent, known: Versioned): Promise<void> {
  const closing = await happen(desk.twilio, conversationSid, () => ({ type: "channelClosed", taskSid, at }), known);
  await succeed(desk, conversationSid, closing?.document ?? known.document, at);
}

/** Flex closed the Conversation before we heard of the Task's end. */
async function afterTheEnd(desk: Desk, { conversationSid, taskSid, at }: TaskEvent, known: Versioned): Promise<void> {
  await happen(desk.twilio, conversationSid, () => ({ type: "taskOver", taskSid }), known);
  await succeed(desk, conversationSid, known.document, at);
}

/** Flex deletes a completed Task some ten minutes later: the last time to see whether a Message came too late. */
async function lookBack(desk: Desk, { conversationSid, at }: TaskEvent): Promise<void> {
  const known = await readState(desk.twilio, conversationSid);
  const isOver = known?.document.state === "closing" || known?.document.state === "ended";
  if (isOver && known.document.closingAt) await succeed(desk, conversationSid, known.document, at);
}

/** A Task ended without anybody finishing it, once per Task: takes the claim, looks for another Task, and tries next. */
async function lost(desk: Desk, event: TaskEvent, read?: Versioned): Promise<void> {
  const { taskSid, conversationSid } = event;
  const owner = `task.${taskSid}`;
  const claim = await happen(
    desk.twilio,
    conversationSid,
    (document) => {
      if (document.settled.includes(taskSid)) return undefined;
      if (!isLast(document, taskSid)) return { type: "taskOver", taskSid };
      return { type: "taskLost", taskSid, ...claimOf(desk, owner) };
    },
    read,
  );
  if (!claim || claim.document.owner !== owner) return;
  if (await settle(desk, conversationSid, claim)) return;
  await tryNext(desk, conversationSid, claim, routingFor(claim.document, event), owner);
}

function routingFor(document: ConversationDocument, event: TaskEvent): Routing {
  return document.routing ?? routingOf(event);
}

/** How the Task was routed, told by its attributes. */
function routingOf({ attributes }: TaskEvent): Routing {
  const address = typeof attributes.customerAddress === "string" ? attributes.customerAddress : "";
  return { address, attributes };
}
