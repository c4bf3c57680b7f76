import { activityChange, taskChannelChange, workspaceChange } from "./changes";
import { type Office, refused, refuseInUse, requireUnique, withoutGaps } from "./management";
import type { ActivityRow, NewTaskChannel, TaskChannelRow, WorkspaceChanges } from "./rows";
import { rowOf } from "./tables";

export interface WorkspaceManagement {
  updateWorkspace(changes: WorkspaceChanges): void;
  createActivity(friendlyName: string, available: boolean): ActivityRow;
  renameActivity(sid: string, friendlyName: string | undefined): ActivityRow;
  deleteActivity(sid: string): void;
  createTaskChannel(channel: NewTaskChannel): TaskChannelRow;
  updateTaskChannel(sid: string, changes: Partial<Omit<NewTaskChannel, "uniqueName">>): TaskChannelRow;
  deleteTaskChannel(sid: string): void;
}

/** The workspace itself, its Activities and its Task Channels. */
export function manageWorkspace({ world, tables, announce, router }: Office): WorkspaceManagement {
  const { workspace, activities, taskChannels, queues, workers, tasks } = tables;
  const dates = () => ({ createdAt: world.clock.now(), updatedAt: world.clock.now() });
  const activity = (sid: string) => rowOf(activities, "Activities", sid);
  const channel = (sid: string) => rowOf(taskChannels, "TaskChannels", sid);

  return {
    updateWorkspace(changes) {
      for (const sid of [changes.defaultActivitySid, changes.timeoutActivitySid]) if (sid) activity(sid);
      Object.assign(workspace, withoutGaps(changes), { updatedAt: world.clock.now() });
      announce(workspaceChange("updated", workspace));
      router.nudge();
    },
    createActivity(friendlyName, available) {
      requireUnique(activities, friendlyName, (sid) => activities.get(sid)?.friendlyName);
      const row = { sid: world.newSid("WA"), friendlyName, available, ...dates() };
      activities.set(row.sid, row);
      announce(activityChange("created", row));
      return row;
    },
    renameActivity(sid, friendlyName) {
      const row = activity(sid);
      requireUnique(activities, friendlyName, (other) => activities.get(other)?.friendlyName, sid);
      Object.assign(row, withoutGaps({ friendlyName }), { updatedAt: world.clock.now() });
      announce(activityChange("updated", row));
      return row;
    },
    deleteActivity(sid) {
      const row = activity(sid);
      const { defaultActivitySid, timeoutActivitySid } = workspace;
      refuseInUse(`activity ${sid}`, [
        [[...workers.values()].some(({ activitySid }) => activitySid === sid), "a Worker is in it"],
        [[defaultActivitySid, timeoutActivitySid].includes(sid), "it is the workspace's default or timeout Activity"],
        [
          [...queues.values()].some((q) => [q.reservationActivitySid, q.assignmentActivitySid].includes(sid)),
          "a TaskQueue names it",
        ],
      ]);
      activities.delete(sid);
      announce(activityChange("deleted", row));
    },
    createTaskChannel({ friendlyName, uniqueName, channelOptimizedRouting = false }) {
      requireUnique(taskChannels, uniqueName, (sid) => taskChannels.get(sid)?.uniqueName);
      const row = { sid: world.newSid("TC"), friendlyName, uniqueName, channelOptimizedRouting, ...dates() };
      taskChannels.set(row.sid, row);
      announce(taskChannelChange("created", row));
      return row;
    },
    updateTaskChannel(sid, changes) {
      const row = Object.assign(channel(sid), withoutGaps(changes), { updatedAt: world.clock.now() });
      announce(taskChannelChange("updated", row));
      return row;
    },
    deleteTaskChannel(sid) {
      const row = channel(sid);
      // Tasks that name no channel need it; unverified.
      if (row.uniqueName === "default") throw refused("The default Task Channel cannot be deleted");
      refuseInUse(`task channel ${sid}`, [
        [[...tasks.values()].some(({ taskChannelSid }) => taskChannelSid === sid), "a Task is on it"],
      ]);
      taskChannels.delete(sid);
      announce(taskChannelChange("deleted", row));
    },
  };
}
