import type {
  ActivityRow,
  ReservationRow,
  TaskChannelRow,
  TaskQueueRow,
  TaskRow,
  WorkerRow,
  WorkflowRow,
  WorkspaceRow,
} from "./rows";

/** Something that happened, by its TaskRouter event name. */
export type Change = TaskChange | ReservationChange | WorkerChange | ObjectChange;

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
  /** Where the Activity changed. */
  previously?: { activitySid: string; ms: number };
  /** Where a Worker Channel changed. */
  channel?: { row: TaskChannelRow; previousCapacity: number };
}

/** Of what an administrator sets up. */
export interface ObjectChange {
  event: string;
  object: { type: string; sid: string };
  fields: Record<string, string>;
  description?: string;
}

export function activityChange(verb: string, { sid, friendlyName, available }: ActivityRow): ObjectChange {
  const fields = { ActivitySid: sid, ActivityName: friendlyName, ActivityAvailable: String(available) };
  return { event: `activity.${verb}`, object: { type: "activity", sid }, fields };
}

export function taskChannelChange(verb: string, row: TaskChannelRow): ObjectChange {
  return {
    event: `task-channel.${verb}`,
    object: { type: "taskchannel", sid: row.sid },
    fields: {
      TaskChannelSid: row.sid,
      TaskChannelName: row.friendlyName,
      TaskChannelUniqueName: row.uniqueName,
      TaskChannelOptimizedRouting: String(row.channelOptimizedRouting),
    },
  };
}

/** `taskqueue` and the description of `expression.updated` are observed. */
export function queueChange(verb: string, { sid, friendlyName, targetWorkers }: TaskQueueRow): ObjectChange {
  return {
    event: `task-queue.${verb}`,
    object: { type: "taskqueue", sid },
    fields: { TaskQueueSid: sid, TaskQueueName: friendlyName, TaskQueueTargetExpression: targetWorkers },
    ...(verb === "expression.updated"
      ? { description: `TaskQueue ${sid} expression updated to '${targetWorkers}'` }
      : {}),
  };
}

export function workflowChange(verb: string, { sid, friendlyName }: WorkflowRow): ObjectChange {
  const fields = { WorkflowSid: sid, WorkflowName: friendlyName };
  return { event: `workflow.${verb}`, object: { type: "workflow", sid }, fields };
}

export function workspaceChange(verb: string, { sid }: WorkspaceRow): ObjectChange {
  return { event: `workspace.${verb}`, object: { type: "workspace", sid }, fields: {} };
}
