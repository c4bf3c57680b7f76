import type { World } from "../world";
import type { TaskRow } from "./rows";
import type { Tables } from "./tables";

/** Takes out of the workspace what TaskRouter does not keep: https://www.twilio.com/docs/taskrouter/lifecycle-task-state */
export interface Retirement {
  assigned(task: TaskRow): void;
  ended(task: TaskRow): void;
  forget(task: TaskRow): void;
}

const LONGEST_ASSIGNMENT = 86_400;

export function createRetirement(world: World, { tasks }: Tables, remove: (task: TaskRow) => void): Retirement {
  const removal = world.alarms.bell("task removal", (sid) => {
    const task = tasks.get(sid);
    if (task && (task.endedAt || world.switches.assignedTaskDeletedAfterADay)) remove(task);
  });
  const removeIn = ({ sid }: TaskRow, seconds: number) => removal.set(sid, world.clock.ms() + seconds * 1000);
  return {
    assigned: (task) => removeIn(task, LONGEST_ASSIGNMENT),
    ended: (task) => removeIn(task, task.keptSeconds),
    forget: ({ sid }) => removal.cancel(sid),
  };
}
