export interface WorkspaceRow {
  sid: string;
  friendlyName: string;
  eventCallbackUrl: string | null;
  /** Comma-separated event names; empty means every event. */
  eventsFilter: string | null;
  defaultActivitySid: string;
  timeoutActivitySid: string;
  /** Which queues come first for a Worker who serves several. */
  prioritizeQueueOrder: QueueOrder;
  createdAt: Date;
  updatedAt: Date;
}

export type QueueOrder = "FIFO" | "LIFO";

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
  taskOrder: QueueOrder;
  /** Kept and shown: a multitasking workspace moves nobody by them. */
  reservationActivitySid: string | null;
  assignmentActivitySid: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface WorkflowRow {
  sid: string;
  friendlyName: string;
  /** The workflow language as JSON text, see https://www.twilio.com/docs/taskrouter/workflow-configuration */
  configuration: string;
  taskReservationTimeout: number;
  assignmentCallbackUrl: string | null;
  fallbackAssignmentCallbackUrl: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface TaskChannelRow {
  sid: string;
  friendlyName: string;
  uniqueName: string;
  channelOptimizedRouting: boolean;
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
  /** Unique names of the Task Channels on which this Worker takes nothing. */
  unavailableChannels: string[];
  /** When this Worker last became idle: the longest idle one is offered first. */
  idleSince: Date;
  /** The same by Task Channel unique name, where there was work yet. */
  channelIdleSince: Record<string, Date>;
  activityChangedAt: Date;
  /** Rises with each change; its ETag. */
  revision: number;
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
  /** Orders the Tasks of a queue. */
  virtualStartedAt: Date;
  /** How often it went from pending to reserved. */
  timesReserved: number;
  /** Seconds for which it is kept once it is over. */
  keptSeconds: number;
  assignedAt: Date | null;
  endedAt: Date | null;
  /** Rises with each change; its ETag. */
  revision: number;
  createdAt: Date;
  updatedAt: Date;
}

/** Where a Task stands among its Workflow's rules. */
export interface Place {
  /** Index of the filter; the number of filters stands for the default one. */
  filter: number;
  target: number;
}

/** How far a Task has come that nobody has yet. Times are simulated milliseconds. */
export interface JourneyRow {
  taskSid: string;
  /** The rules as they were at the start; none for a Task that is aimed at a Worker or a queue. */
  configuration: string | null;
  place: Place | null;
  /** False until the Task has been told to be in its step, and again between two steps. */
  entered: boolean;
  /** When the step is over. */
  deadline: number | null;
  /** Whether a step has kept the Task waiting, so that the default filter is not for it. */
  waited: boolean;
  /** By Worker. */
  rejectedAt: Record<string, number>;
  lifetimeEnd: number;
}

/** What happened, as it was told: https://www.twilio.com/docs/taskrouter/api/event */
export interface EventRow {
  sid: string;
  type: string;
  description: string;
  resourceType: string;
  resourceSid: string;
  /** The fields of the callback that are this event's own, by their wire names. */
  fields: Record<string, string>;
  at: Date;
}

export interface ReservationRow {
  sid: string;
  taskSid: string;
  workerSid: string;
  /** Stays when the Worker is deleted. */
  workerName: string;
  status: ReservationStatus;
  acceptedAt?: Date;
  /** Rises with each change; its ETag. */
  revision: number;
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
  virtualStartedAt?: Date;
  /** Seconds for which the Task is kept once it is over. */
  keptSeconds?: number;
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
  taskOrder?: QueueOrder;
  reservationActivitySid?: string | null;
  assignmentActivitySid?: string | null;
}

export interface NewTaskChannel {
  friendlyName: string;
  uniqueName: string;
  channelOptimizedRouting?: boolean;
}

export interface NewWorker {
  friendlyName: string;
  attributes?: Record<string, unknown>;
  activitySid?: string;
}

export interface WorkerChannelChanges {
  capacity?: number;
  available?: boolean;
}

export type WorkspaceChanges = Partial<
  Pick<
    WorkspaceRow,
    | "friendlyName"
    | "eventCallbackUrl"
    | "eventsFilter"
    | "defaultActivitySid"
    | "timeoutActivitySid"
    | "prioritizeQueueOrder"
  >
>;
