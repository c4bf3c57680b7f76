import type { ActivityRow, NewTask, ReservationRow, TaskChannelRow, TaskQueueRow, TaskRow, WorkerRow, WorkflowRow, WorkspaceRow } from "./rows";

/** What other products and the levers ask of TaskRouter. Unknown SIDs throw ApiError 404; refused transitions throw ApiError 400. */
export interface TaskRouter {
  readonly workspace: WorkspaceRow;
  readonly activities: ReadonlyMap<string, ActivityRow>;
  readonly workflows: ReadonlyMap<string, WorkflowRow>;
  readonly queues: ReadonlyMap<string, TaskQueueRow>;
  readonly taskChannels: ReadonlyMap<string, TaskChannelRow>;
  readonly workers: ReadonlyMap<string, WorkerRow>;
  readonly tasks: ReadonlyMap<string, TaskRow>;
  readonly reservations: ReadonlyMap<string, ReservationRow>;
  createTask(task: NewTask): TaskRow;
  task(sid: string): TaskRow;
  reservation(sid: string): ReservationRow;
  /** By SID or friendly name. */
  worker(sidOrName: string): WorkerRow;
  /** By SID or unique name. */
  taskChannel(sidOrName: string): TaskChannelRow;
  acceptReservation(sid: string): void;
  rejectReservation(sid: string): void;
  /** Moves an assigned Task and its accepted Reservation to `wrapping`. */
  wrapTask(sid: string, reason: string): void;
  /** Ends an assigned or wrapping Task and its Reservation. */
  completeTask(sid: string, reason: string): void;
  /** Ends a Task that is not over yet, and whatever Reservation it has. */
  cancelTask(sid: string, reason: string): void;
  deleteTask(sid: string): void;
  setTaskAttributes(sid: string, attributes: Record<string, unknown>): void;
  setActivity(workerSid: string, activitySidOrName: string): void;
}
