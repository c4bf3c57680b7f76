import type { World } from "../world";
import { chooseWorkers } from "./choose-worker";
import type { RouterParts } from "./router";
import type { JourneyRow, ReservationRow, TaskRow } from "./rows";
import { reservationsOf, rowOf } from "./tables";

/** Reservations as they are made and time out. */
export interface Offers {
  /** Offers a pending Task to whoever may have it now; sees to it that it is tried again when somebody may later. */
  make(task: TaskRow, journey: JourneyRow): void;
  forget(reservation: ReservationRow): void;
  forgetAll(task: TaskRow): void;
}

const DEFAULT_RESERVATION_TIMEOUT = 120;

interface Parts extends RouterParts {
  nudge(): void;
  takeBack(task: TaskRow, reservation: ReservationRow): void;
}

export function createOffers(
  world: World,
  { tables, lifeCycle, setActivity, callBack, nudge, takeBack }: Parts,
): Offers {
  const timeOut = world.alarms.bell("reservation time-out", (sid) => {
    const reservation = tables.reservations.get(sid);
    const task = reservation && tables.tasks.get(reservation.taskSid);
    if (!task || reservation.status !== "pending") return;
    lifeCycle.lose(reservation, "timeout");
    setActivity(rowOf(tables.workers, "Workers", reservation.workerSid), tables.workspace.timeoutActivitySid);
    takeBack(task, reservation);
  });
  const retry = world.alarms.bell("task offered again", nudge);

  return {
    make(task, journey) {
      const choices = chooseWorkers(tables, task, journey, world.clock.now());
      const ready = choices.filter(({ from }) => from <= world.clock.ms());
      if (ready.length === 0) {
        if (choices[0]) retry.set(task.sid, choices[0].from);
        return;
      }
      const workflow = task.workflowSid ? tables.workflows.get(task.workflowSid) : undefined;
      const seconds = workflow?.taskReservationTimeout ?? DEFAULT_RESERVATION_TIMEOUT;
      const most = tables.queues.get(task.queueSid ?? "")?.maxReservedWorkers ?? 1;
      const workers = ready.slice(0, most).map(({ worker }) => worker);
      for (const reservation of lifeCycle.reserve(task, workers)) {
        if (reservation.status !== "pending") continue;
        timeOut.set(reservation.sid, world.clock.ms() + seconds * 1000);
        callBack(task, reservation);
      }
    },
    forget: ({ sid }) => timeOut.cancel(sid),
    forgetAll(task) {
      retry.cancel(task.sid);
      for (const { sid } of reservationsOf(tables, task.sid)) timeOut.cancel(sid);
    },
  };
}
