import { attributesOf, serves, targetDocument } from "./documents";
import { evaluate, valueAt } from "./expression";
import { keyPath } from "./read-tokens";
import type { TaskChannelRow, TaskRow, WorkerRow } from "./rows";
import { activityOf, rowOf, type Tables } from "./tables";
import type { KnownWorker, OrderClause, Step } from "./workflow-rules";

/** Who may be offered a Task in this step now, best first: by the step's order, then whoever has been idle longest. */
export function findWorkers(tables: Tables, task: TaskRow, step: Step, now: Date): WorkerRow[] {
  const mayHave = (worker: WorkerRow) =>
    isAvailable(tables, worker) && hasRoom(tables, worker, task) && suits(tables, task, step, worker, now);
  return [...tables.workers.values()].filter(mayHave).sort(byOrder(tables, task, step.orderBy));
}

export function isAvailable(tables: Tables, worker: WorkerRow): boolean {
  return activityOf(tables, worker).available;
}

/** How many Tasks of a channel a Worker is offered, works on or wraps up; of any channel when none is given. */
export function occupied(tables: Tables, workerSid: string, taskChannelSid?: string): number {
  const open = [...(tables.openByWorker.get(workerSid) ?? [])];
  if (!taskChannelSid) return open.length;
  return open.filter(({ taskSid }) => tables.tasks.get(taskSid)?.taskChannelSid === taskChannelSid).length;
}

/** A channel that is younger than the Worker has room for one Task; unverified. */
export function capacityOf(worker: WorkerRow, { uniqueName }: TaskChannelRow): number {
  return worker.capacity[uniqueName] ?? 1;
}

export function hasRoom(tables: Tables, worker: WorkerRow, task: TaskRow): boolean {
  const channel = channelOf(tables, task);
  if (worker.unavailableChannels.includes(channel.uniqueName)) return false;
  return occupied(tables, worker.sid, channel.sid) < capacityOf(worker, channel);
}

/** What `known_worker_sid` and `known_worker_friendly_name` say of this Task. */
export function wantedWorker({ value }: KnownWorker, document: object): unknown {
  return value.startsWith("task.") ? valueAt(document, keyPath(value)) : value;
}

function suits(tables: Tables, task: TaskRow, step: Step, worker: WorkerRow, now: Date): boolean {
  const document = targetDocument(tables, task, worker, now);
  return (
    serves(tables, worker, step.queueSid) &&
    (!step.knownWorker || worker[step.knownWorker.by] === wantedWorker(step.knownWorker, document)) &&
    (!step.expression || evaluate(step.expression, document))
  );
}

/** Sorting is stable, so Workers that equal each other keep the order in which they joined. */
function byOrder(tables: Tables, task: TaskRow, clauses: OrderClause[]): (a: WorkerRow, b: WorkerRow) => number {
  const channel = channelOf(tables, task);
  return (a, b) => {
    for (const { path, descending } of clauses) {
      const difference = byLevel(levelOf(a, path), levelOf(b, path), descending);
      if (difference !== 0) return difference;
    }
    // https://www.twilio.com/docs/taskrouter/api/task-channel; that the channel's own idleness is meant is unverified.
    const own = channel.channelOptimizedRouting ? channel : undefined;
    const isBusy = ({ sid }: WorkerRow) => Math.sign(occupied(tables, sid, own?.sid));
    const idleSince = (worker: WorkerRow) =>
      ((own && worker.channelIdleSince[own.uniqueName]) ?? worker.idleSince).getTime();
    return isBusy(a) - isBusy(b) || idleSince(a) - idleSince(b);
  };
}

/** Workers without the level come last in either direction: https://www.twilio.com/docs/taskrouter/order-workers */
function byLevel(a: number | undefined, b: number | undefined, descending: boolean): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return descending ? b - a : a - b;
}

function levelOf(worker: WorkerRow, path: (string | number)[]): number | undefined {
  const level = valueAt({ worker: attributesOf(worker) }, path);
  return typeof level === "number" ? level : undefined;
}

function channelOf(tables: Tables, task: TaskRow): TaskChannelRow {
  return rowOf(tables.taskChannels, "TaskChannels", task.taskChannelSid);
}
