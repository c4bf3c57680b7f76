import type { NewLogEntry } from "../event-log";
import type { World } from "../world";
import { attributesOf } from "./documents";
import { eventForm } from "./event-form";
import type { ReservationRow, TaskRow, WorkerRow } from "./rows";
import { activityOf, rowOf, type Tables } from "./tables";

/** Something that happened, by its TaskRouter event name. */
export type Change = TaskChange | ReservationChange | WorkerChange;

export interface TaskChange {
  event: string;
  task: TaskRow;
}

export interface ReservationChange {
  event: string;
  task: TaskRow;
  reservation: ReservationRow;
}

export interface WorkerChange {
  event: string;
  worker: WorkerRow;
  previousActivitySid: string;
  msInPreviousActivity: number;
}

/** Tells what has changed once all of it has: the log, the event callback and the other products, in this order. */
export type Announce = (...changes: Change[]) => void;

/** These move the Task too, and no event of its own says so. */
const MOVES_TASK = ["reservation.created", "reservation.accepted", "reservation.rejected", "reservation.timeout"];

export function announcer(world: World, tables: Tables): Announce {
  function callBack(change: Change) {
    const { eventCallbackUrl: url, eventsFilter } = tables.workspace;
    if (!url || !allows(eventsFilter, change.event)) return;
    const params = eventForm(world, tables, change);
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
      callBack(change);
    }
    for (const change of changes) tellProducts(change);
  };
}

function allows(filter: string | null, event: string): boolean {
  if (!filter) return true;
  return filter.split(",").some((name) => name.trim() === event);
}

function logEntries(tables: Tables, change: Change): NewLogEntry[] {
  if ("worker" in change) {
    const { friendlyName } = activityOf(tables, change.worker);
    return [{ kind: "agent", name: `${change.worker.friendlyName} ${friendlyName}` }];
  }
  const { event, task } = change;
  const [group, verb = event] = event.split(".");
  if ("reservation" in change) return reservationEntries(tables, change, verb);
  const sids = sidsOf(task);
  const reason = task.reason ? { data: { reason: task.reason } } : {};
  if (group === "task") return [{ kind: "task", name: verb === "wrapup" ? "wrapping" : verb, ...sids, ...reason }];
  if (event === "workflow.timeout") return [{ kind: "task", name: "workflow timed out", ...sids }];
  if (event !== "task-queue.entered" || !task.queueSid) return [];
  const { friendlyName } = rowOf(tables.queues, "TaskQueues", task.queueSid);
  return [{ kind: "task", name: `entered queue ${friendlyName}`, ...sids }];
}

function reservationEntries(
  tables: Tables,
  { task, reservation, event }: ReservationChange,
  verb: string,
): NewLogEntry[] {
  const { friendlyName } = rowOf(tables.workers, "Workers", reservation.workerSid);
  const sids = { ...sidsOf(task), reservationSid: reservation.sid };
  const entry: NewLogEntry = { kind: "reservation", name: `${verb} ${friendlyName}`, ...sids };
  return event === "reservation.accepted" ? [entry, { kind: "task", name: "assigned", ...sids }] : [entry];
}

/** Which Conversation and Interaction a Task serves, as its attributes say. */
function sidsOf(task: TaskRow) {
  const { conversationSid, flexInteractionSid } = attributesOf(task);
  return {
    taskSid: task.sid,
    ...(typeof conversationSid === "string" ? { conversationSid } : {}),
    ...(typeof flexInteractionSid === "string" ? { interactionSid: flexInteractionSid } : {}),
  };
}
