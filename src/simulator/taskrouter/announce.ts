import type { NewLogEntry } from "../event-log";
import type { World } from "../world";
import type { Change, ReservationChange } from "./changes";
import { attributesOf } from "./documents";
import { callbackForm, eventRow } from "./event-form";
import type { TaskRow } from "./rows";
import { activityOf, rowOf, type Tables } from "./tables";

/** Tells what has changed once all of it has: the log, the event callback and the other products, in this order. */
export type Announce = (...changes: Change[]) => void;

/** These move the Task too, and no event of its own says so. */
const MOVES_TASK = ["reservation.created", "reservation.accepted", "reservation.rejected", "reservation.timeout"];

/** How long events are kept: https://www.twilio.com/docs/taskrouter/api/event */
const KEPT_MS = 30 * 86_400_000;

export function announcer(world: World, tables: Tables): Announce {
  function record(change: Change) {
    const row = eventRow(world, tables, change);
    for (const { sid, at } of tables.events.values()) {
      if (at.getTime() >= row.at.getTime() - KEPT_MS) break;
      tables.events.delete(sid);
    }
    tables.events.set(row.sid, row);
    const { eventCallbackUrl: url, eventsFilter } = tables.workspace;
    if (!url || !allows(eventsFilter, change.event)) return;
    const params = callbackForm(world, tables, row);
    const about = "task" in change ? sidsOf(change.task) : {};
    world.work.later(async () => {
      // https://www.twilio.com/docs/taskrouter/api/event/reference: TaskRouter waits 15 seconds.
      await world.sendWebhook({ name: `TaskRouter ${change.event}`, url, params, timeoutMs: 15_000, about });
    });
  }

  function tellProducts(change: Change) {
    if ("reservation" in change) {
      world.bus.emit("reservation.updated", change.reservation, change.task);
      if (MOVES_TASK.includes(change.event)) world.bus.emit("task.updated", change.task, change.event);
    } else if ("task" in change) {
      world.bus.emit("task.updated", change.task, change.event);
    }
  }

  return (...changes) => {
    for (const change of changes) {
      for (const entry of logEntries(tables, change)) world.log.add(entry);
      record(change);
    }
    for (const change of changes) tellProducts(change);
  };
}

function allows(filter: string | null, event: string): boolean {
  if (!filter) return true;
  return filter.split(",").some((name) => name.trim() === event);
}

function logEntries(tables: Tables, change: Change): NewLogEntry[] {
  if ("object" in change) return [];
  if ("worker" in change) {
    const { friendlyName } = activityOf(tables, change.worker);
    return change.previously ? [{ kind: "agent", name: `${change.worker.friendlyName} ${friendlyName}` }] : [];
  }
  const { event, task } = change;
  const [group, verb = event] = event.split(".");
  if ("reservation" in change) return reservationEntries(change, verb);
  const sids = sidsOf(task);
  const reason = task.reason ? { data: { reason: task.reason } } : {};
  if (group === "task") return [{ kind: "task", name: verb === "wrapup" ? "wrapping" : verb, ...sids, ...reason }];
  if (event === "workflow.timeout") return [{ kind: "task", name: "workflow timed out", ...sids }];
  if (event !== "task-queue.entered" || !task.queueSid) return [];
  const { friendlyName } = rowOf(tables.queues, "TaskQueues", task.queueSid);
  return [{ kind: "task", name: `entered queue ${friendlyName}`, ...sids }];
}

function reservationEntries({ task, reservation, event }: ReservationChange, verb: string): NewLogEntry[] {
  const sids = { ...sidsOf(task), reservationSid: reservation.sid };
  const entry: NewLogEntry = { kind: "reservation", name: `${verb} ${reservation.workerName}`, ...sids };
  return event === "reservation.accepted" ? [entry, { kind: "task", name: "assigned", ...sids }] : [entry];
}

/** Which Conversation and Interaction a Task serves, as its attributes say. */
export function sidsOf(task: TaskRow) {
  const { conversationSid, flexInteractionSid } = attributesOf(task);
  return {
    taskSid: task.sid,
    ...(typeof conversationSid === "string" ? { conversationSid } : {}),
    ...(typeof flexInteractionSid === "string" ? { interactionSid: flexInteractionSid } : {}),
  };
}
