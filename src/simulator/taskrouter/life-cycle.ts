import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { Announce } from "./announce";
import type { Change } from "./changes";
import type { Retirement } from "./retire-tasks";
import type { ReservationRow, ReservationStatus, TaskRow, TaskStatus, WorkerRow } from "./rows";
import { dropReservationsOf, indexReservation, openReservationsOf, rowOf, type Tables } from "./tables";

/**
 * The states of Tasks and Reservations: https://www.twilio.com/docs/taskrouter/lifecycle-task-state. Each transition
 * changes Task and Reservations together, then announces them; a refused one throws and changes nothing.
 */
export interface LifeCycle {
  /** Offers the Task to all of these at once. */
  reserve(task: TaskRow, workers: WorkerRow[]): ReservationRow[];
  /** The first to accept has the Task, and whoever else it was offered to has not. */
  accept(reservation: ReservationRow): void;
  /** The Reservation ends without an agent; when no other is open, the Task is pending again. */
  lose(reservation: ReservationRow, how: "rejected" | "timeout"): void;
  wrap(task: TaskRow, reason: string): void;
  complete(task: TaskRow, reason: string): void;
  cancel(task: TaskRow, reason: string): void;
  remove(task: TaskRow, event: "task.deleted" | "task.system-deleted"): void;
}

export function createLifeCycle(world: World, tables: Tables, announce: Announce, retirement: Retirement): LifeCycle {
  function move(task: TaskRow, status: TaskStatus, reason?: string) {
    task.status = status;
    if (reason) task.reason = reason;
    touch(task, world.clock.now());
  }

  function moveReservation(reservation: ReservationRow, status: ReservationStatus) {
    reservation.status = status;
    touch(reservation, world.clock.now());
    indexReservation(tables, reservation);
  }

  function finish(task: TaskRow, status: "completed" | "canceled", reason: string) {
    task.endedAt = world.clock.now();
    move(task, status, reason);
    retirement.ended(task);
  }

  function taskOf(reservation: ReservationRow): TaskRow {
    return rowOf(tables.tasks, "Tasks", reservation.taskSid);
  }

  /** A Worker has just got or lost work: who waits longest without any is counted from here. */
  function restartIdleness(reservation: ReservationRow) {
    const worker = rowOf(tables.workers, "Workers", reservation.workerSid);
    const { uniqueName } = rowOf(tables.taskChannels, "TaskChannels", taskOf(reservation).taskChannelSid);
    worker.idleSince = world.clock.now();
    worker.channelIdleSince[uniqueName] = worker.idleSince;
  }

  /** Ends whatever Reservations the Task rests on, and says so. */
  function endReservations(task: TaskRow, status: "completed" | "canceled"): Change[] {
    return openReservationsOf(tables, task.sid).map((reservation) => {
      if (reservation.status !== "pending") restartIdleness(reservation);
      moveReservation(reservation, status);
      return { event: `reservation.${status}`, task, reservation };
    });
  }

  return {
    reserve(task, workers) {
      const now = world.clock.now();
      task.timesReserved += 1;
      move(task, "reserved");
      const reservations = workers.map(({ sid: workerSid, friendlyName: workerName }) => {
        const dates = { createdAt: now, updatedAt: now };
        const sid = world.newSid("WR");
        return { sid, taskSid: task.sid, workerSid, workerName, status: "pending" as const, revision: 0, ...dates };
      });
      for (const reservation of reservations) indexReservation(tables, reservation);
      announce(...reservations.map((reservation) => ({ event: "reservation.created", task, reservation })));
      return reservations;
    },
    accept(reservation) {
      requireStatus("accept reservation", reservation, "pending");
      const task = taskOf(reservation);
      restartIdleness(reservation);
      moveReservation(reservation, "accepted");
      reservation.acceptedAt = world.clock.now();
      const others = openReservationsOf(tables, task.sid).filter((one) => one !== reservation);
      for (const other of others) moveReservation(other, "rescinded");
      task.assignedAt = world.clock.now();
      move(task, "assigned");
      retirement.assigned(task);
      announce(
        { event: "reservation.accepted", task, reservation },
        ...others.map((other) => ({ event: "reservation.rescinded", task, reservation: other })),
      );
    },
    lose(reservation, how) {
      requireStatus(how === "rejected" ? "reject reservation" : "time out reservation", reservation, "pending");
      const task = taskOf(reservation);
      moveReservation(reservation, how);
      if (openReservationsOf(tables, task.sid).length === 0) move(task, "pending");
      announce({ event: `reservation.${how}`, task, reservation });
    },
    wrap(task, reason) {
      requireStatus("wrap up task", task, "assigned");
      const reservations = openReservationsOf(tables, task.sid);
      move(task, "wrapping", reason);
      for (const reservation of reservations) moveReservation(reservation, "wrapping");
      const changes = reservations.map((reservation) => ({ event: "reservation.wrapup", task, reservation }));
      announce(...changes, { event: "task.wrapup", task });
    },
    complete(task, reason) {
      requireStatus("complete task", task, "assigned", "wrapping");
      const changes = endReservations(task, "completed");
      finish(task, "completed", reason);
      announce(...changes, { event: "task.completed", task });
    },
    cancel(task, reason) {
      requireStatus("cancel task", task, "pending", "reserved", "assigned", "wrapping");
      const changes = endReservations(task, "canceled");
      finish(task, "canceled", reason);
      announce(...changes, { event: "task.canceled", task });
    },
    remove(task, event) {
      const changes = endReservations(task, "canceled");
      tables.tasks.delete(task.sid);
      dropReservationsOf(tables, task.sid);
      retirement.forget(task);
      announce(...changes, { event, task });
    },
  };
}

/** Marks a row as changed: its date and its ETag. */
export function touch(row: { revision: number; updatedAt: Date }, now: Date): void {
  row.revision += 1;
  row.updatedAt = now;
}

/** Twilio names the states it would have taken; with which code is unverified. */
function requireStatus(what: string, { sid, status }: TaskRow | ReservationRow, ...allowed: string[]): void {
  if (allowed.includes(status)) return;
  throw new ApiError(400, 20001, `Cannot ${what} ${sid} because it is ${status}, not ${allowed.join(" or ")}.`);
}
