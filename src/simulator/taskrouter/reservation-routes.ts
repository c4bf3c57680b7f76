import { unserved } from "../server/api-error";
import type { Params } from "../server/params";
import { type ApiReply, type ApiRequest, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { refused } from "./management";
import { is, listOf, refuseOutdated, withEtag } from "./request";
import type { ReservationRow } from "./rows";
import { rowOf } from "./tables";
import { taskRouterWire } from "./wire";

/** https://www.twilio.com/docs/taskrouter/api/reservations, under its Task and under its Worker. */
export function reservationRoutes(world: World): Routes {
  const { taskrouter } = world;
  const wire = taskRouterWire(world);
  const ofTask = ({ params }: ApiRequest) => taskrouter.reservationsOf(taskrouter.task(String(params.task)).sid);
  const ofWorker = ({ params }: ApiRequest) =>
    taskrouter.reservationsOfWorker(rowOf(taskrouter.workers, "Workers", String(params.worker)).sid);
  return {
    ...underParent("/v1/Workspaces/:workspace/Tasks/:task/Reservations", ofTask, wire.taskReservation),
    ...underParent("/v1/Workspaces/:workspace/Workers/:worker/Reservations", ofWorker, wire.workerReservation),
  };

  function underParent(
    path: string,
    rowsOf: (request: ApiRequest) => ReservationRow[],
    render: (row: ReservationRow) => unknown,
  ): Routes {
    const one = (request: ApiRequest) =>
      rowOf(new Map(rowsOf(request).map((row) => [row.sid, row])), "Reservations", String(request.params.reservation));
    const shown = (row: ReservationRow): ApiReply => withEtag(ok, row, render(row));
    return {
      [`GET ${path}`]: (request) => listOf(request, filtered(rowsOf(request), request.form), "reservations", render),
      [`GET ${path}/:reservation`]: (request) => shown(one(request)),
      [`POST ${path}/:reservation`](request) {
        const row = one(request);
        refuseOutdated(request, row);
        update(world, row, request.form);
        return shown(row);
      },
    };
  }
}

function filtered(rows: ReservationRow[], form: Params): ReservationRow[] {
  return rows.filter(
    ({ status, workerSid }) => is(form.get("ReservationStatus"), status) && is(form.get("WorkerSid"), workerSid),
  );
}

/** Of the instructions, those that need no call. */
const STATUS_OF: Record<string, string> = { accept: "accepted", reject: "rejected" };

function update({ taskrouter }: World, row: ReservationRow, form: Params): void {
  const instruction = form.get("Instruction")?.toLowerCase();
  if (instruction && !STATUS_OF[instruction]) throw unserved(`the instruction ${instruction} of a Reservation`);
  const activity = form.get("WorkerActivitySid");
  if (activity) rowOf(taskrouter.activities, "Activities", activity);
  switch (form.get("ReservationStatus") ?? STATUS_OF[instruction ?? ""]) {
    case "accepted":
      taskrouter.acceptReservation(row.sid);
      break;
    case "rejected":
      taskrouter.rejectReservation(row.sid, activity);
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
      throw refused("ReservationStatus must be accepted, rejected, wrapping or completed");
  }
}

/** The Task's transition follows that of its Reservation; a lost one cannot move a Task that somebody else has. */
function requireAccepted(row: ReservationRow, ...statuses: ReservationRow["status"][]): void {
  if (statuses.includes(row.status)) return;
  throw refused(`Cannot update reservation ${row.sid} because it is ${row.status}.`);
}
