import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { Announce, Change } from "./announce";
import type { ReservationRow, ReservationStatus, TaskRow, TaskStatus, WorkerRow } from "./rows";
import { openReservation, rowOf, type Tables } from "./tables";

/**
 * The states of Tasks and Reservations: https://www.twilio.com/docs/taskrouter/lifecycle-task-state. Each transition
 * changes Task and Reservation together, then announces them; a refused one throws and changes nothing.
 */
export interface LifeCycle {
  reserve(task: TaskRow, worker: WorkerRow): ReservationRow;
  accept(reservation: ReservationRow): void;
  /** The Reservation ends without an agent, and the Task is pending again. */
  lose(reservation: ReservationRow, how: "rejected" | "timeout"): void;
  wrap(task: TaskRow, reason: string): void;
  complete(task: TaskRow, reason: string): void;
  cancel(task: TaskRow, reason: string): void;
  remove(task: TaskRow): void;
}

export function createLifeCycle(world: World, tables: Tables, announce: Announce): LifeCycle {
  function move(task: TaskRow, status: TaskStatus, reason?: string) {
    task.status = status;
    if (reason) task.reason = reason;
    touch(task, world.clock.now());
  }

  function moveReservation(reservation: ReservationRow, status: ReservationStatus) {
    reservation.status = status;
    reservation.updatedAt = world.clock.now();
  }

  function taskOf(reservation: ReservationRow): TaskRow {
    return rowOf(tables.tasks, "Tasks", reservation.taskSid);
  }

  /** A Worker has just got or lost work: who waits longest without any is counted from here. */
  function restartIdleness(reservation: ReservationRow) {
    rowOf(tables.workers, "Workers", reservation.workerSid).idleSince = world.clock.now();
  }

  function requireReservation(reservation: ReservationRow, verb: string, ...allowed: ReservationStatus[]) {
    if (!allowed.includes(reservation.status)) {
      throw refused(`${verb} reservation ${reservation.sid}`, reservation.status, allowed);
    }
  }

  function requireTask(task: TaskRow, verb: string, ...allowed: TaskStatus[]) {
    if (!allowed.includes(task.status)) throw refused(`${verb} task ${task.sid}`, task.status, allowed);
  }

  /** Ends whatever Reservation the Task rests on, and says so. */
  function endReservation(task: TaskRow, status: "completed" | "canceled"): Change[] {
    const reservation = openReservation(tables, task.sid);
    if (!reservation) return [];
    if (reservation.status !== "pending") restartIdleness(reservation);
    moveReservation(reservation, status);
    return [{ event: `reservation.${status}`, task, reservation }];
  }

  return {
    reserve(task, worker) {
      const now = world.clock.now();
      const reservation: ReservationRow = {
        sid: world.newSid("WR"),
        taskSid: task.sid,
        workerSid: worker.sid,
        status: "pending",
        createdAt: now,
        updatedAt: now,
      };
      tables.reservations.set(reservation.sid, reservation);
      move(task, "reserved");
      announce({ event: "reservation.created", task, reservation });
      return reservation;
    },
    accept(reservation) {
      requireReservation(reservation, "accept", "pending");
      const task = taskOf(reservation);
      restartIdleness(reservation);
      moveReservation(reservation, "accepted");
      reservation.acceptedAt = world.clock.now();
      move(task, "assigned");
      announce({ event: "reservation.accepted", task, reservation });
    },
    lose(reservation, how) {
      requireReservation(reservation, how === "rejected" ? "reject" : "time out", "pending");
      const task = taskOf(reservation);
      moveReservation(reservation, how);
      move(task, "pending");
      announce({ event: `reservation.${how}`, task, reservation });
    },
    wrap(task, reason) {
      requireTask(task, "wrap up", "assigned");
      const reservation = openReservation(tables, task.sid);
      move(task, "wrapping", reason);
      if (reservation) moveReservation(reservation, "wrapping");
      const changes: Change[] = reservation ? [{ event: "reservation.wrapup", task, reservation }] : [];
      announce(...changes, { event: "task.wrapup", task });
    },
    complete(task, reason) {
      requireTask(task, "complete", "assigned", "wrapping");
      const changes = endReservation(task, "completed");
      move(task, "completed", reason);
      announce(...changes, { event: "task.completed", task });
    },
    cancel(task, reason) {
      requireTask(task, "cancel", "pending", "reserved", "assigned", "wrapping");
      const changes = endReservation(task, "canceled");
      move(task, "canceled", reason);
      announce(...changes, { event: "task.canceled", task });
    },
    remove(task) {
      const changes = endReservation(task, "canceled");
      tables.tasks.delete(task.sid);
      for (const [sid, { taskSid }] of tables.reservations) if (taskSid === task.sid) tables.reservations.delete(sid);
      announce(...changes, { event: "task.deleted", task });
    },
  };
}

/** Marks a Task as changed: its date and its ETag. */
export function touch(task: TaskRow, now: Date): void {
  task.revision += 1;
  task.updatedAt = now;
}

/** Twilio names the states it would have taken; with which code is unverified. */
function refused(what: string, status: string, allowed: readonly string[]): ApiError {
  return new ApiError(400, 20001, `Cannot ${what} because it is ${status}, not ${allowed.join(" or ")}.`);
}
