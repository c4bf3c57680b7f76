import type { World } from "../world";
import { announcer } from "./announce";
import { assignmentCallback } from "./assignment-callback";
import { newTaskRow } from "./create-task";
import { serves } from "./documents";
import { occupied } from "./find-workers";
import { createLifeCycle, touch } from "./life-cycle";
import { manageRouting, type RoutingManagement } from "./manage-routing";
import { activitySetter, manageWorkers, type WorkerManagement } from "./manage-workers";
import { manageWorkspace, type WorkspaceManagement } from "./manage-workspace";
import { createRetirement } from "./retire-tasks";
import { createRouter } from "./router";
import type {
  ActivityRow,
  EventRow,
  NewTask,
  ReservationRow,
  TaskChannelRow,
  TaskQueueRow,
  TaskRow,
  WorkerRow,
  WorkflowRow,
  WorkspaceRow,
} from "./rows";
import { seedTables } from "./seed-tables";
import { indexAll, reservationsOf, rowOf, tablesOf } from "./tables";

/** What other products and the levers ask of TaskRouter. Unknown SIDs throw ApiError 404; refused transitions throw ApiError 400. */
export interface TaskRouter extends WorkspaceManagement, RoutingManagement, WorkerManagement {
  readonly workspace: Readonly<WorkspaceRow>;
  readonly activities: ReadonlyMap<string, ActivityRow>;
  readonly workflows: ReadonlyMap<string, WorkflowRow>;
  readonly queues: ReadonlyMap<string, TaskQueueRow>;
  readonly taskChannels: ReadonlyMap<string, TaskChannelRow>;
  readonly workers: ReadonlyMap<string, WorkerRow>;
  readonly tasks: ReadonlyMap<string, TaskRow>;
  readonly reservations: ReadonlyMap<string, ReservationRow>;
  /** Of the last 30 days, oldest first. */
  readonly events: ReadonlyMap<string, EventRow>;
  createTask(task: NewTask): TaskRow;
  task(sid: string): TaskRow;
  reservation(sid: string): ReservationRow;
  /** All Reservations a Task ever had, oldest first. */
  reservationsOf(taskSid: string): ReservationRow[];
  /** All Reservations of Tasks that are still there, oldest first. */
  reservationsOfWorker(workerSid: string): ReservationRow[];
  /** By SID or friendly name. */
  worker(sidOrName: string): WorkerRow;
  /** By SID or unique name. */
  taskChannel(sidOrName: string): TaskChannelRow;
  /** How many Tasks of a channel a Worker is offered, works on or wraps up. */
  occupied(workerSid: string, taskChannelSid: string): number;
  /** Whether a Worker belongs to a queue, available or not. */
  serves(workerSid: string, queueSid: string): boolean;
  acceptReservation(sid: string): void;
  /** The Worker may be moved to another Activity with it. */
  rejectReservation(sid: string, activitySid?: string): void;
  /** Moves an assigned Task and its accepted Reservation to `wrapping`. */
  wrapTask(sid: string, reason: string): void;
  /** Ends an assigned or wrapping Task and its Reservation. */
  completeTask(sid: string, reason: string): void;
  /** Ends a Task that is not over yet, and whatever Reservation it has. */
  cancelTask(sid: string, reason: string): void;
  deleteTask(sid: string): void;
  setTaskAttributes(sid: string, attributes: Record<string, unknown>): void;
  setTaskPriority(sid: string, priority: number): void;
  setTaskChannel(sid: string, channelSidOrName: string): void;
  setVirtualStartTime(sid: string, at: Date): void;
}

/** The account's one workspace, as a new Flex account has it. */
export function createTaskRouter(world: World): TaskRouter {
  const rows = world.memory.keep("taskrouter", seedTables(world.clock.now(), world.seeds));
  const tables = tablesOf(rows);
  const announce = announcer(world, tables);
  const retirement = createRetirement(world, tables, (row) => remove(row, "task.system-deleted"));
  const lifeCycle = createLifeCycle(world, tables, announce, retirement);
  const setActivity = activitySetter(world, tables, announce);
  const callBack = assignmentCallback(world, tables, { accept, reject });
  const router = createRouter(world, { tables, announce, lifeCycle, setActivity, callBack });
  const office = { world, tables, announce, router };

  const task = (sid: string) => rowOf(tables.tasks, "Tasks", sid);
  const reservation = (sid: string) => rowOf(tables.reservations, "Reservations", sid);
  const worker = (sidOrName: string) => rowOf(tables.workers, "Workers", sidOrName, ({ friendlyName }) => friendlyName);
  const taskChannel = (sidOrName: string) =>
    rowOf(tables.taskChannels, "TaskChannels", sidOrName, ({ uniqueName }) => uniqueName);

  function accept(row: ReservationRow) {
    lifeCycle.accept(row);
    router.release(task(row.taskSid));
    router.nudge();
  }

  function reject(row: ReservationRow, activitySid: string | undefined) {
    lifeCycle.lose(row, "rejected");
    if (activitySid) setActivity(worker(row.workerSid), activitySid);
    router.takeBack(task(row.taskSid), row);
  }

  /** A Task that is over leaves its Worker room for another. */
  function end(row: TaskRow, transition: (task: TaskRow) => void) {
    transition(row);
    router.release(row);
    router.nudge();
  }

  function remove(row: TaskRow, event: "task.deleted" | "task.system-deleted") {
    router.release(row);
    lifeCycle.remove(row, event);
    router.nudge();
  }

  function change(row: TaskRow, changes: Partial<TaskRow>) {
    Object.assign(row, changes);
    touch(row, world.clock.now());
    announce({ event: "task.updated", task: row });
    router.nudge();
  }

  world.memory.afterRestore("taskrouter", () => {
    indexAll(tables);
    router.takeUp();
  });
  return {
    ...rows,
    ...manageWorkspace(office),
    ...manageRouting(office),
    ...manageWorkers(office, setActivity),
    task,
    reservation,
    worker,
    taskChannel,
    reservationsOf: (taskSid) => reservationsOf(tables, taskSid),
    reservationsOfWorker: (workerSid) => [...(tables.byWorker.get(workerSid) ?? [])],
    occupied: (workerSid, taskChannelSid) => occupied(tables, workerSid, taskChannelSid),
    serves: (workerSid, queueSid) => serves(tables, worker(workerSid), queueSid),
    createTask(request) {
      const row = newTaskRow(world, tables, request);
      tables.tasks.set(row.sid, row);
      router.admit(row);
      announce({ event: "task.created", task: row });
      return row;
    },
    acceptReservation: (sid) => accept(reservation(sid)),
    rejectReservation: (sid, activitySid) => reject(reservation(sid), activitySid),
    wrapTask: (sid, reason) => lifeCycle.wrap(task(sid), reason),
    completeTask: (sid, reason) => end(task(sid), (row) => lifeCycle.complete(row, reason)),
    cancelTask: (sid, reason) => end(task(sid), (row) => lifeCycle.cancel(row, reason)),
    deleteTask: (sid) => remove(task(sid), "task.deleted"),
    setTaskAttributes: (sid, attributes) => change(task(sid), { attributes: JSON.stringify(attributes) }),
    setTaskPriority: (sid, priority) => change(task(sid), { priority }),
    setTaskChannel: (sid, channel) => change(task(sid), { taskChannelSid: taskChannel(channel).sid }),
    setVirtualStartTime: (sid, virtualStartedAt) => change(task(sid), { virtualStartedAt }),
  };
}
