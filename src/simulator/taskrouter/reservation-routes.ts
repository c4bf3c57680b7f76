import { ApiError } from "../server/api-error";
import type { Params } from "../server/params";
import { type ApiRequest, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { listOf } from "./request";
import type { ReservationRow } from "./rows";
import { rowOf } from "./tables";
import { taskRouterWire } from "./wire";

/** https://www.twilio.com/docs/taskrouter/api/reservations, under its Task and under its Worker. */
export function reservationRoutes(world: World): Routes {
  const { taskrouter } = world;
  const wire = taskRouterWire(world);

  function ofTask({ params }: ApiRequest): ReservationRow[] {
    return taskrouter.reservationsOf(taskrouter.task(String(params.task)).sid);
  }

  function ofWorker({ params }: ApiRequest): ReservationRow[] {
    const { sid } = rowOf(taskrouter.workers, "Workers", String(params.worker));
    return [...taskrouter.reservations.values()].filter(({ workerSid }) => workerSid === sid);
  }

  function one(rows: ReservationRow[], { params }: ApiRequest): ReservationRow {
    return rowOf(new Map(rows.map((row) => [row.sid, row])), "Reservations", String(params.reservation));
  }

  return {
    "GET /v1/Workspaces/:workspace/Tasks/:task/Reservations": (request) =>
      listOf(request, filtered(ofTask(request), request.form), "reservations", wire.taskReservation),
    "GET /v1/Workspaces/:workspace/Tasks/:task/Reservations/:reservation": (request) =>
      ok(wire.taskReservation(one(ofTask(request), request))),
    "POST /v1/Workspaces/:workspace/Tasks/:task/Reservations/:reservation"(request) {
      const row = one(ofTask(request), request);
      update(world, row, request.form);
      return ok(wire.taskReservation(row));
    },
    "GET /v1/Workspaces/:workspace/Workers/:worker/Reservations": (request) =>
      listOf(request, filtered(ofWorker(request), request.form), "reservations", wire.workerReservation),
    "GET /v1/Workspaces/:workspace/Workers/:worker/Reservations/:reservation": (request) =>
      ok(wire.workerReservation(one(ofWorker(request), request))),
    "POST /v1/Workspaces/:workspace/Workers/:worker/Reservations/:reservation"(request) {
      const row = one(ofWorker(request), request);
      update(world, row, request.form);
      return ok(wire.workerReservation(row));
    },
  };
}

function filtered(rows: ReservationRow[], form: Params): ReservationRow[] {
  const [status, worker] = [form.get("ReservationStatus"), form.get("WorkerSid")];
  return rows.filter((row) => (!status || row.status === status) && (!worker || row.workerSid === worker));
}

/** Voice instructions (`Instruction`) are not simulated and refused. */
function update({ taskrouter }: World, row: ReservationRow, form: Params): void {
  const activity = form.get("WorkerActivitySid");
  if (activity) rowOf(taskrouter.activities, "Activities", activity);
  switch (form.get("ReservationStatus")) {
    case "accepted":
      taskrouter.acceptReservation(row.sid);
      break;
    case "rejected":
      taskrouter.rejectReservation(row.sid);
      break;
    case "wrapping":
      requireAccepted(row, "accepted");
      taskrouter.wrapTask(row.taskSid, "");
      break;
    case "completed":
      requireAccepted(row, "accepted", "wrapping");
      // The reason Twilio shows in its sample of the event: https://www.twilio.com/docs/events/event-types/taskrouter/reservation
      taskrouter.completeTask(row.taskSid, "All reservations were completed");
      break;
    default:
      throw new ApiError(400, 20001, "ReservationStatus must be accepted, rejected, wrapping or completed");
  }
  if (activity) taskrouter.setActivity(row.workerSid, activity);
}

/** The Task's transition follows that of its Reservation; a lost one cannot move a Task that somebody else has. */
function requireAccepted(row: ReservationRow, ...statuses: ReservationRow["status"][]): void {
  if (statuses.includes(row.status)) return;
  throw new ApiError(400, 20001, `Cannot update reservation ${row.sid} because it is ${row.status}.`);
}
