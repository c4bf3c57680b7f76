import type { World } from "../world";
import { announcer } from "./announce";
import { newTaskRow } from "./create-task";
import { serves } from "./documents";
import { occupied } from "./find-workers";
import { createLifeCycle, touch } from "./life-cycle";
import { activitySetter, manageWorkspace } from "./manage-workspace";
import { createRouter } from "./router";
import type {
  ActivityRow,
  NewTask,
  NewTaskQueue,
  NewWorkflow,
  ReservationRow,
  TaskChannelRow,
  TaskQueueRow,
  TaskRow,
  WorkerRow,
  WorkflowRow,
  WorkspaceChanges,
  WorkspaceRow,
} from "./rows";
import { seedTables } from "./seed-tables";
import { reservationsOf, rowOf } from "./tables";

/** What other products and the levers ask of TaskRouter. Unknown SIDs throw ApiError 404; refused transitions throw ApiError 400. */
export interface TaskRouter {
  readonly workspace: Readonly<WorkspaceRow>;
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
  /** All Reservations a Task ever had, oldest first. */
  reservationsOf(taskSid: string): ReservationRow[];
  /** By SID or friendly name. */
  worker(sidOrName: string): WorkerRow;
  /** By SID or unique name. */
  taskChannel(sidOrName: string): TaskChannelRow;
  /** How many Tasks of a channel a Worker is offered, works on or wraps up. */
  occupied(workerSid: string, taskChannelSid: string): number;
  /** Whether a Worker belongs to a queue, available or not. */
  serves(workerSid: string, queueSid: string): boolean;
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
  setTaskPriority(sid: string, priority: number): void;
  /** By SID or friendly name, both. */
  setActivity(workerSidOrName: string, activitySidOrName: string): void;
  setWorkerAttributes(workerSid: string, attributes: Record<string, unknown>): void;
  updateWorkspace(changes: WorkspaceChanges): void;
  createWorkflow(workflow: NewWorkflow): WorkflowRow;
  /** Tasks on their way keep the old rules unless they are to be evaluated again. */
  updateWorkflow(sid: string, changes: Partial<NewWorkflow>, reEvaluateTasks?: boolean): WorkflowRow;
  createQueue(queue: NewTaskQueue): TaskQueueRow;
}

/** The account's one workspace, as a new Flex account has it. */
export function createTaskRouter(world: World): TaskRouter {
  const tables = seedTables(world.clock.now(), world.seeds);
  const announce = announcer(world, tables);
  const lifeCycle = createLifeCycle(world, tables, announce);
  const setActivity = activitySetter(world, tables, announce);
  const router = createRouter(world, { tables, announce, lifeCycle, setActivity });

  const task = (sid: string) => rowOf(tables.tasks, "Tasks", sid);
  const reservation = (sid: string) => rowOf(tables.reservations, "Reservations", sid);
  const worker = (sidOrName: string) => rowOf(tables.workers, "Workers", sidOrName, ({ friendlyName }) => friendlyName);

  /** A Task that is over leaves its Worker room for another. */
  function end(row: TaskRow, transition: (task: TaskRow) => void) {
    transition(row);
    router.release(row);
    router.nudge();
  }

  function change(row: TaskRow, changes: Partial<TaskRow>) {
    Object.assign(row, changes);
    touch(row, world.clock.now());
    announce({ event: "task.updated", task: row });
    router.nudge();
  }

  return {
    ...tables,
    ...manageWorkspace(world, tables, router),
    task,
    reservation,
    worker,
    taskChannel: (sidOrName) => rowOf(tables.taskChannels, "TaskChannels", sidOrName, ({ uniqueName }) => uniqueName),
    reservationsOf: (taskSid) => reservationsOf(tables, taskSid),
    occupied: (workerSid, taskChannelSid) => occupied(tables, workerSid, taskChannelSid),
    serves: (workerSid, queueSid) => serves(tables, worker(workerSid), queueSid),
    createTask(request) {
      const row = newTaskRow(world, tables, request);
      tables.tasks.set(row.sid, row);
      router.admit(row);
      announce({ event: "task.created", task: row });
      return row;
    },
    acceptReservation(sid) {
      const row = reservation(sid);
      lifeCycle.accept(row);
      router.release(task(row.taskSid));
    },
    rejectReservation(sid) {
      const row = reservation(sid);
      lifeCycle.lose(row, "rejected");
      router.takeBack(task(row.taskSid), row);
    },
    wrapTask: (sid, reason) => lifeCycle.wrap(task(sid), reason),
    completeTask: (sid, reason) => end(task(sid), (row) => lifeCycle.complete(row, reason)),
    cancelTask: (sid, reason) => end(task(sid), (row) => lifeCycle.cancel(row, reason)),
    deleteTask: (sid) => end(task(sid), (row) => lifeCycle.remove(row)),
    setTaskAttributes: (sid, attributes) => change(task(sid), { attributes: JSON.stringify(attributes) }),
    setTaskPriority: (sid, priority) => change(task(sid), { priority }),
    setActivity(workerSidOrName, activitySidOrName) {
      const { sid } = rowOf(tables.activities, "Activities", activitySidOrName, ({ friendlyName }) => friendlyName);
      setActivity(worker(workerSidOrName), sid);
      router.nudge();
    },
    setWorkerAttributes(workerSid, attributes) {
      const row: WorkerRow = worker(workerSid);
      row.attributes = JSON.stringify(attributes);
      row.updatedAt = world.clock.now();
      router.nudge();
    },
  };
}
