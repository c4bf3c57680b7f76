export interface WorkspaceRow {
  sid: string;
  friendlyName: string;
  eventCallbackUrl: string | null;
  /** Comma-separated event names; empty means every event. */
  eventsFilter: string | null;
  defaultActivitySid: string;
  timeoutActivitySid: string;
  createdAt: Date;
  updatedAt: Date;
}

export interface ActivityRow {
  sid: string;
  friendlyName: string;
  available: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export interface TaskQueueRow {
  sid: string;
  friendlyName: string;
  /** Empty matches no Worker: Tasks wait until they move on. */
  targetWorkers: string;
  maxReservedWorkers: number;
  taskOrder: "FIFO" | "LIFO";
  createdAt: Date;
  updatedAt: Date;
}

export interface WorkflowRow {
  sid: string;
  friendlyName: string;
  /** The workflow language as JSON text, see https://www.twilio.com/docs/taskrouter/workflow-configuration */
  configuration: string;
  taskReservationTimeout: number;
  /** Kept and shown; the simulator calls neither. */
  assignmentCallbackUrl: string | null;
  fallbackAssignmentCallbackUrl: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface TaskChannelRow {
  sid: string;
  friendlyName: string;
  uniqueName: string;
  createdAt: Date;
  updatedAt: Date;
}

export interface WorkerRow {
  sid: string;
  /** Also the agent's name in the levers: `ada`, `grace`, `sam`. */
  friendlyName: string;
  /** JSON text. */
  attributes: string;
  activitySid: string;
  /** Capacity by Task Channel unique name. */
  capacity: Record<string, number>;
  /** When this Worker last became idle: the longest idle one is offered first. */
  idleSince: Date;
  activityChangedAt: Date;
  createdAt: Date;
  updatedAt: Date;
}

export type TaskStatus = "pending" | "reserved" | "assigned" | "wrapping" | "completed" | "canceled";
export type ReservationStatus =
  | "pending"
  | "accepted"
  | "rejected"
  | "timeout"
  | "canceled"
  | "rescinded"
  | "wrapping"
  | "completed";

export interface TaskRow {
  sid: string;
  /** JSON text. */
  attributes: string;
  status: TaskStatus;
  reason: string | null;
  workflowSid: string | null;
  queueSid: string | null;
  queueEnteredAt: Date | null;
  taskChannelSid: string;
  priority: number;
  /** Seconds the Task may live. */
  timeout: number;
  /** A worker, queue or workflow SID the Task is aimed at. */
  routingTarget: string | null;
  ignoreCapacity: boolean;
  /** Whether its Workflow goes on with it when the Worker it is aimed at does not take it. */
  onward?: boolean;
  /** Rises with each change; its ETag. */
  revision: number;
  createdAt: Date;
  updatedAt: Date;
}

export interface ReservationRow {
  sid: string;
  taskSid: string;
  workerSid: string;
  status: ReservationStatus;
  acceptedAt?: Date;
  createdAt: Date;
  updatedAt: Date;
}

export interface NewTask {
  attributes: Record<string, unknown>;
  workflowSid?: string;
  queueSid?: string;
  /** SID or unique name; `default` when absent. */
  taskChannel?: string;
  priority?: number;
  timeout?: number;
  routingTarget?: string;
  ignoreCapacity?: boolean;
  onward?: boolean;
}

export interface NewWorkflow {
  friendlyName: string;
  configuration: string;
  taskReservationTimeout?: number;
  assignmentCallbackUrl?: string | null;
  fallbackAssignmentCallbackUrl?: string | null;
}

export interface NewTaskQueue {
  friendlyName: string;
  targetWorkers?: string;
  maxReservedWorkers?: number;
  taskOrder?: "FIFO" | "LIFO";
}

export type WorkspaceChanges = Partial<
  Pick<WorkspaceRow, "friendlyName" | "eventCallbackUrl" | "eventsFilter" | "defaultActivitySid" | "timeoutActivitySid">
>;
