import { attributesOf, serves, targetDocument } from "./documents";
import { evaluate, valueAt } from "./expression";
import { keyPath } from "./read-tokens";
import type { TaskRow, WorkerRow } from "./rows";
import { activityOf, isOpen, rowOf, type Tables } from "./tables";
import type { KnownWorker, OrderClause, Step } from "./workflow-rules";

/** Who may be offered a Task in this step now, best first: by the step's order, then whoever has been idle longest. */
export function findWorkers(tables: Tables, task: TaskRow, step: Step, now: Date): WorkerRow[] {
  const mayHave = (worker: WorkerRow) =>
    isAvailable(tables, worker) && hasRoom(tables, worker, task) && suits(tables, task, step, worker, now);
  return [...tables.workers.values()].filter(mayHave).sort(byOrder(tables, step.orderBy));
}

export function isAvailable(tables: Tables, worker: WorkerRow): boolean {
  return activityOf(tables, worker).available;
}

/** How many Tasks of a channel a Worker is offered, works on or wraps up; of any channel when none is given. */
export function occupied(tables: Tables, workerSid: string, taskChannelSid?: string): number {
  return [...tables.reservations.values()].filter(
    (reservation) =>
      reservation.workerSid === workerSid &&
      isOpen(reservation) &&
      (!taskChannelSid || tables.tasks.get(reservation.taskSid)?.taskChannelSid === taskChannelSid),
  ).length;
}

export function hasRoom(tables: Tables, worker: WorkerRow, task: TaskRow): boolean {
  const { uniqueName } = rowOf(tables.taskChannels, "TaskChannels", task.taskChannelSid);
  return occupied(tables, worker.sid, task.taskChannelSid) < (worker.capacity[uniqueName] ?? 0);
}

function suits(tables: Tables, task: TaskRow, step: Step, worker: WorkerRow, now: Date): boolean {
  const document = targetDocument(tables, task, worker, now);
  return (
    serves(tables, worker, step.queueSid) &&
    (!step.knownWorker || isKnown(step.knownWorker, worker, document)) &&
    (!step.expression || evaluate(step.expression, document))
  );
}

function isKnown({ by, value }: KnownWorker, worker: WorkerRow, document: object): boolean {
  const wanted = value.startsWith("task.") ? valueAt(document, keyPath(value)) : value;
  return worker[by] === wanted;
}

/** Sorting is stable, so Workers that equal each other keep the order in which they joined. */
function byOrder(tables: Tables, clauses: OrderClause[]): (a: WorkerRow, b: WorkerRow) => number {
  return (a, b) => {
    for (const { path, descending } of clauses) {
      const difference = levelOf(b, path) - levelOf(a, path);
      if (difference !== 0) return descending ? difference : -difference;
    }
    const busy = Math.sign(occupied(tables, a.sid)) - Math.sign(occupied(tables, b.sid));
    return busy || a.idleSince.getTime() - b.idleSince.getTime();
  };
}

/** Only whole numbers order Workers; where those without one stand is unverified. */
function levelOf(worker: WorkerRow, path: (string | number)[]): number {
  const level = valueAt({ worker: attributesOf(worker) }, path);
  return typeof level === "number" ? level : 0;
}
