import { evaluate } from "./expression";
import type { ActivityRow, TaskRow, WorkerRow } from "./rows";
import { activityOf, type Tables } from "./tables";

/** JSON attributes as an object, whatever was stored. */
export function attributesOf(row: TaskRow | WorkerRow): Record<string, unknown> {
  const value: unknown = JSON.parse(row.attributes);
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** What a queue's expression sees of a Worker: https://www.twilio.com/docs/taskrouter/activity-based-routing */
export function workerDocument(worker: WorkerRow, activity: ActivityRow): Record<string, unknown> {
  return {
    ...attributesOf(worker),
    sid: worker.sid,
    friendly_name: worker.friendlyName,
    activity_sid: activity.sid,
    activity_name: activity.friendlyName,
  };
}

/** What a filter's expression sees: the Task's attributes, unprefixed. */
export function filterDocument(task: TaskRow, now: Date): Record<string, unknown> {
  return { ...attributesOf(task), ...timeOfDay(now) };
}

/** What a target's expression sees. */
export function targetDocument(tables: Tables, task: TaskRow, worker: WorkerRow, now: Date): Record<string, unknown> {
  return { task: attributesOf(task), worker: workerDocument(worker, activityOf(tables, worker)), ...timeOfDay(now) };
}

/** `workers.available`, `workers.unavailable`, `workers.WAxx`: https://www.twilio.com/docs/taskrouter/worker-presence */
export function skipDocument(
  tables: Tables,
  task: TaskRow,
  queueSid: string | null,
  now: Date,
): Record<string, unknown> {
  const activities = [...tables.workers.values()]
    .filter((worker) => serves(tables, worker, queueSid))
    .map((worker) => activityOf(tables, worker));
  const available = activities.filter((activity) => activity.available).length;
  const byActivity = [...tables.activities.keys()].map((sid) => [
    sid,
    activities.filter((one) => one.sid === sid).length,
  ]);
  return {
    task: attributesOf(task),
    workers: { available, unavailable: activities.length - available, ...Object.fromEntries(byActivity) },
    ...timeOfDay(now),
  };
}

/** Whether a Worker belongs to a queue, available or not. */
export function serves(tables: Tables, worker: WorkerRow, queueSid: string | null): boolean {
  const queue = queueSid === null ? undefined : tables.queues.get(queueSid);
  const expression = queue ? tables.parsed.expression(queue.targetWorkers) : null;
  return Boolean(expression && evaluate(expression, workerDocument(worker, activityOf(tables, worker))));
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** The time keys of Workflow expressions, in UTC: https://www.twilio.com/docs/taskrouter/time-of-day-routing */
function timeOfDay(now: Date): { taskrouter: Record<string, unknown> } {
  const currentHour = now.getUTCHours();
  const currentMin = now.getUTCMinutes();
  return {
    taskrouter: {
      currentTime: currentHour * 100 + currentMin,
      currentHour,
      currentMin,
      dayOfWeek: DAYS[now.getUTCDay()],
    },
  };
}
