import type { World } from "../world";
import type { Span } from "./read-span";
import type { EventRow, WorkerRow } from "./rows";
import { date } from "./wire";

/** What happened in a span of time, counted from the events: https://www.twilio.com/docs/taskrouter/api/workspace-statistics */
export interface CumulativeQuestion {
  span: Span;
  /** SID or unique name. */
  channel?: string;
  /** Seconds. */
  thresholds: number[];
}

export function cumulativeStatistics({ taskrouter }: World, { span, channel, thresholds }: CumulativeQuestion) {
  const within = [...taskrouter.events.values()].filter(({ at }) => at >= span.from && at <= span.to);
  const interval = { start_time: date(span.from), end_time: date(span.to) };
  const isOnChannel = ({ fields }: EventRow) =>
    !channel || [fields.TaskChannelSid, fields.TaskChannelUniqueName].includes(channel);

  function counts(isMeant: (event: EventRow) => boolean) {
    const events = within.filter((event) => isOnChannel(event) && isMeant(event));
    return (type: string) => events.filter((event) => event.type === type);
  }

  function ofReservations(named: (type: string) => EventRow[]) {
    return {
      reservations_created: named("reservation.created").length,
      reservations_accepted: named("reservation.accepted").length,
      reservations_rejected: named("reservation.rejected").length,
      reservations_timed_out: named("reservation.timeout").length,
      reservations_canceled: named("reservation.canceled").length,
      reservations_rescinded: named("reservation.rescinded").length,
    };
  }

  function ofTasks(isMeant: (event: EventRow) => boolean) {
    const named = counts(isMeant);
    const [accepted, canceled] = [named("reservation.accepted"), named("task.canceled")];
    return {
      ...interval,
      ...ofReservations(named),
      avg_task_acceptance_time: durations(accepted.map(ageAt)).avg,
      tasks_canceled: canceled.length,
      tasks_completed: named("task.completed").length,
      tasks_deleted: named("task.deleted").length,
      tasks_moved: named("task-queue.moved").length,
      wait_duration_until_accepted: durations(accepted.map(ageAt)),
      wait_duration_until_canceled: durations(canceled.map(ageAt)),
      split_by_wait_time: Object.fromEntries(
        thresholds.map((seconds) => [seconds, splitAt(seconds, accepted, canceled)]),
      ),
    };
  }

  return {
    workspace: () => ({
      ...ofTasks(() => true),
      tasks_created: counts(() => true)("task.created").length,
      tasks_timed_out_in_workflow: counts(() => true)("workflow.timeout").length,
    }),
    workflow(sid: string) {
      const isMeant = ({ fields }: EventRow) => fields.WorkflowSid === sid;
      const named = counts(isMeant);
      return {
        ...ofTasks(isMeant),
        tasks_entered: named("workflow.entered").length,
        tasks_timed_out_in_workflow: named("workflow.timeout").length,
      };
    },
    queue(sid: string) {
      const isMeant = ({ fields }: EventRow) => fields.TaskQueueSid === sid;
      const named = counts(isMeant);
      const sinceEntry = (event: EventRow) => secondsInQueue(within, event);
      return {
        ...ofTasks(isMeant),
        tasks_entered: named("task-queue.entered").length,
        wait_duration_in_queue_until_accepted: durations(named("reservation.accepted").map(sinceEntry)),
      };
    },
    workers(rows: WorkerRow[]) {
      const sids = new Set(rows.map(({ sid }) => sid));
      return {
        ...interval,
        ...ofReservations(counts(({ fields }) => sids.has(fields.WorkerSid ?? ""))),
        activity_durations: [...taskrouter.activities.values()].map(({ sid, friendlyName }) => ({
          sid,
          friendly_name: friendlyName,
          ...durations(rows.map((row) => secondsIn(sid, row)).filter((seconds) => seconds > 0)),
        })),
      };
    },
  };

  /** How long a Worker was in an Activity, walking back from the present one. */
  function secondsIn(activitySid: string, { sid, activitySid: present, createdAt }: WorkerRow): number {
    let [activity, until, total] = [present, span.to.getTime(), 0];
    const stay = (since: Date) => {
      const from = Math.max(since.getTime(), span.from.getTime());
      if (activity === activitySid) total += Math.max(0, Math.min(until, span.to.getTime()) - from);
    };
    for (const event of [...taskrouter.events.values()].reverse()) {
      if (event.type !== "worker.activity.update" || event.resourceSid !== sid) continue;
      stay(event.at);
      activity = event.fields.WorkerPreviousActivitySid ?? activity;
      until = event.at.getTime();
    }
    stay(createdAt);
    return Math.floor(total / 1000);
  }
}

const ageAt = ({ fields }: EventRow) => Number(fields.TaskAge);

function secondsInQueue(events: EventRow[], { at, fields }: EventRow): number {
  const entry = events.findLast(
    (event) =>
      event.type === "task-queue.entered" &&
      event.at <= at &&
      event.fields.TaskSid === fields.TaskSid &&
      event.fields.TaskQueueSid === fields.TaskQueueSid,
  );
  return entry ? Math.floor((at.getTime() - entry.at.getTime()) / 1000) : Number(fields.TaskAge);
}

function durations(seconds: number[]) {
  if (seconds.length === 0) return { avg: 0, min: 0, max: 0, total: 0 };
  const total = seconds.reduce((sum, one) => sum + one, 0);
  return { avg: Math.round(total / seconds.length), min: Math.min(...seconds), max: Math.max(...seconds), total };
}

/** Whether a wait of just that long is above is unverified. */
function splitAt(seconds: number, accepted: EventRow[], canceled: EventRow[]) {
  const side = (isMeant: (event: EventRow) => boolean) => ({
    tasks_canceled: canceled.filter(isMeant).length,
    reservations_accepted: accepted.filter(isMeant).length,
  });
  return { above: side((event) => ageAt(event) > seconds), below: side((event) => ageAt(event) <= seconds) };
}
