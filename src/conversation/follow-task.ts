import { channelStatus } from "../twilio/interactions";
import { removeHook } from "../twilio/scoped-webhooks";
import { mergeTaskAttributes } from "../twilio/taskrouter";
import { claimOf, settle } from "./claim-routing";
import { attempt, type Desk } from "./desk";
import { rewindWatchdog, tryNext } from "./route-again";
import { type ConversationDocument, type InteractionSids, isAlive, isLast, type Routing } from "./state";
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
      await happen(desk.twilio, event.conversationSid, () => ({ type: "accepted", sids: sidsOf(event) }));
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
  const { taskSid, conversationSid } = event;
  const known = await happen(desk.twilio, conversationSid, ({ tasks, routing }) =>
    tasks.includes(taskSid)
      ? undefined
      : { type: "opened", sids: sidsOf(event), now: desk.now(), routing: routing ?? routingOf(event) },
  );
  if (!known) return;
  const { previous, studioHookSid } = known.document;
  // Send to Flex leaves it there, and each message would start the Flow again only for it to end.
  if (studioHookSid) {
    await attempt(desk, "studio_hook", conversationSid, removeHook(desk.twilio, conversationSid, studioHookSid));
  }
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
  const passOver = async () => {
    if (over) await happen(desk.twilio, conversationSid, () => ({ type: "taskOver", taskSid }), known);
  };
  if (document.state === "parked") return passOver();
  const status = await channelStatus(desk.twilio, event.interactionSid, event.channelSid);
  // Also where another Task seems open: of its end we may not have heard.
  if (status === "closed") return close(desk, event, known);
  if (!isLast(document, taskSid)) return passOver();
  if (LEFT.includes(status)) {
    await happen(desk.twilio, conversationSid, () => ({ type: "channelLeft", taskSid }), known);
    return;
  }
  if (over) await lost(desk, event, known);
}

/** How the channel looks that Flex left or paused, and revives itself. */
export const LEFT = ["inactive", "pause"];

async function isChannelLeft(desk: Desk, { interactionSid, channelSid }: TaskEvent): Promise<boolean> {
  return LEFT.includes(await channelStatus(desk.twilio, interactionSid, channelSid));
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

const DELETED_AFTER_MS = 10 * 60_000;

/** Flex deletes a completed Task some ten minutes later: the last time to see whether a Message came too late. */
async function lookBack(desk: Desk, event: TaskEvent): Promise<void> {
  const { conversationSid, taskSid, at } = event;
  const known = await readState(desk.twilio, conversationSid);
  if (known && !known.document.settled.includes(taskSid)) {
    // Of its end we never heard.
    const endedAt = new Date(at.getTime() - DELETED_AFTER_MS);
    return finished(desk, { ...event, type: "task.completed", at: endedAt });
  }
  const isOver = known?.document.state === "closing" || known?.document.state === "ended";
  if (isOver && known.document.closingAt) await succeed(desk, conversationSid, known.document, at);
}

/** A Task ended without anybody finishing it, once per Task: takes the claim, looks for another Task, and tries next. */
async function lost(desk: Desk, event: TaskEvent, read?: Versioned): Promise<void> {
  const { taskSid, conversationSid } = event;
  const owner = `task.${taskSid}`;
  const known = read ?? (await readState(desk.twilio, conversationSid));
  if (!known) return;
  if (known.document.state === "left" && (await isChannelLeft(desk, event))) {
    await happen(desk.twilio, conversationSid, () => ({ type: "taskOver", taskSid }), known);
    return;
  }
  const claim = await happen(
    desk.twilio,
    conversationSid,
    (document) => {
      if (document.settled.includes(taskSid)) return undefined;
      const isSeenTo = document.taskSid === taskSid && isAlive(document, desk.now());
      if (isSeenTo || !isLast(document, taskSid)) return { type: "taskOver", taskSid };
      return { type: "taskLost", sids: sidsOf(event), ...claimOf(desk, owner) };
    },
    known,
  );
  if (!claim || claim.document.owner !== owner) return;
  // A Conversation that was silent for long has a watchdog that has rung.
  const [found] = await Promise.all([
    settle(desk, conversationSid, claim),
    attempt(desk, "timers", conversationSid, rewindWatchdog(desk, conversationSid, claim.document.routing)),
  ]);
  if (found) return;
  await tryNext(desk, conversationSid, claim, routingFor(claim.document, event), owner);
}

const sidsOf = ({ interactionSid, channelSid, taskSid }: TaskEvent): InteractionSids => ({
  interactionSid,
  channelSid,
  taskSid,
});

function routingFor(document: ConversationDocument, event: TaskEvent): Routing {
  return document.routing ?? routingOf(event);
}

/** How the Task was routed, told by its attributes. */
function routingOf({ attributes }: TaskEvent): Routing {
  const address = typeof attributes.customerAddress === "string" ? attributes.customerAddress : "";
  return { address, attributes };
}
