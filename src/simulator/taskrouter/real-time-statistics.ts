import type { World } from "../world";
import type { TaskRow, WorkerRow } from "./rows";

/**
 * What supervisors see of the moment: https://www.twilio.com/docs/taskrouter/api/taskqueue-statistics. Tasks that are over
 * are not counted, as in Twilio's samples; that a waiting Task is one that is pending is unverified.
 */
export function realTimeStatistics({ taskrouter, clock }: World, channelSidOrName: string | undefined) {
  const channelSid = channelSidOrName === undefined ? undefined : taskrouter.taskChannel(channelSidOrName).sid;
  const ageOf = (since: Date) => Math.floor((clock.ms() - since.getTime()) / 1000);
  const workers = () => [...taskrouter.workers.values()];

  function tasks(isMeant: (task: TaskRow) => boolean): TaskRow[] {
    return [...taskrouter.tasks.values()].filter(
      (task) => task.endedAt === null && isMeant(task) && (!channelSid || task.taskChannelSid === channelSid),
    );
  }

  function ofTasks(rows: TaskRow[]) {
    const longest = oldest(waitingOf(rows), ({ createdAt }) => createdAt);
    return {
      longest_task_waiting_age: longest ? ageOf(longest.createdAt) : 0,
      longest_task_waiting_sid: longest?.sid ?? null,
      tasks_by_priority: counted(rows, ({ priority }) => String(priority)),
      tasks_by_status: {
        ...{ pending: 0, reserved: 0, assigned: 0, wrapping: 0 },
        ...counted(rows, ({ status }) => status),
      },
      total_tasks: rows.length,
    };
  }

  function byActivity(rows: WorkerRow[]) {
    return [...taskrouter.activities.values()].map(({ sid, friendlyName }) => ({
      sid,
      friendly_name: friendlyName,
      workers: rows.filter(({ activitySid }) => activitySid === sid).length,
    }));
  }

  return {
    workspace: () => ({
      ...ofTasks(tasks(() => true)),
      activity_statistics: byActivity(workers()),
      total_workers: taskrouter.workers.size,
    }),
    workflow: (sid: string) => ofTasks(tasks(({ workflowSid }) => workflowSid === sid)),
    workers: (rows = workers()) => ({ activity_statistics: byActivity(rows), total_workers: rows.length }),
    queue(sid: string) {
      const rows = tasks(({ queueSid }) => queueSid === sid);
      const eligible = workers().filter((worker) => taskrouter.serves(worker.sid, sid));
      const enteredAt = ({ queueEnteredAt, createdAt }: TaskRow) => queueEnteredAt ?? createdAt;
      const longest = oldest(waitingOf(rows), enteredAt);
      return {
        ...ofTasks(rows),
        longest_relative_task_age_in_queue: longest ? ageOf(enteredAt(longest)) : 0,
        longest_relative_task_sid_in_queue: longest?.sid ?? null,
        activity_statistics: byActivity(eligible),
        total_eligible_workers: eligible.length,
        total_available_workers: eligible.filter(({ activitySid }) => taskrouter.activities.get(activitySid)?.available)
          .length,
      };
    },
  };
}

const waitingOf = (rows: TaskRow[]) => rows.filter(({ status }) => status === "pending");

function oldest(rows: TaskRow[], since: (task: TaskRow) => Date): TaskRow | undefined {
  return rows.toSorted((a, b) => since(a).getTime() - since(b).getTime())[0];
}

function counted(rows: TaskRow[], keyOf: (task: TaskRow) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[keyOf(row)] = (counts[keyOf(row)] ?? 0) + 1;
  return counts;
}
