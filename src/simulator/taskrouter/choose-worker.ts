import { findWorkers, hasRoom, isAvailable } from "./find-workers";
import { stepOf } from "./journey";
import type { JourneyRow, TaskRow, WorkerRow } from "./rows";
import { rowOf, type Tables } from "./tables";

/** Rests a Task between two offers to Workers who all rejected it. Twilio's own pause is unverified. */
const PAUSE_MS = 5_000;

interface Choice {
  worker: WorkerRow;
  /** Simulated time, in milliseconds, from which on the Worker may be offered the Task. */
  from: number;
}

/** Whoever has not rejected the Task comes first; then they who rejected it longest ago. */
export function chooseWorkers(tables: Tables, task: TaskRow, journey: JourneyRow, now: Date): Choice[] {
  const rejection = ({ sid }: WorkerRow) => journey.rejectedAt[sid] ?? Number.NEGATIVE_INFINITY;
  return candidates(tables, task, journey, now)
    .sort((a, b) => compare(rejection(a), rejection(b)))
    .map((worker) => ({ worker, from: rejection(worker) + PAUSE_MS }));
}

export function aimedWorker(tables: Tables, { routingTarget }: TaskRow): WorkerRow | null {
  return routingTarget?.startsWith("WK") ? rowOf(tables.workers, "Workers", routingTarget) : null;
}

function candidates(tables: Tables, task: TaskRow, journey: JourneyRow, now: Date): WorkerRow[] {
  const worker = aimedWorker(tables, task);
  if (!worker) {
    const step = stepOf(tables, task, journey);
    return step ? findWorkers(tables, task, step, now) : [];
  }
  // By default neither capacity nor availability counts: https://www.twilio.com/docs/taskrouter/api/task
  return task.ignoreCapacity || (isAvailable(tables, worker) && hasRoom(tables, worker, task)) ? [worker] : [];
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
