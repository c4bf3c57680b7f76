import type { Params } from "../server/params";
import { ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { workerDocument } from "./documents";
import { evaluate } from "./expression";
import { readExpression } from "./manage-workspace";
import { isYes, listOf, readAttributes } from "./request";
import type { WorkerRow } from "./rows";
import { rowOf } from "./tables";
import { taskRouterWire } from "./wire";

/** https://www.twilio.com/docs/taskrouter/api/worker and https://www.twilio.com/docs/taskrouter/api/worker-channel */
export function workerRoutes(world: World): Routes {
  const { taskrouter } = world;
  const wire = taskRouterWire(world);
  const find = (sid: string | undefined) => rowOf(taskrouter.workers, "Workers", String(sid));
  return {
    "GET /v1/Workspaces/:workspace/Workers": (request) =>
      listOf(request, listWorkers(world, request.form), "workers", wire.worker),
    "GET /v1/Workspaces/:workspace/Workers/:worker": ({ params }) => ok(wire.worker(find(params.worker))),
    "POST /v1/Workspaces/:workspace/Workers/:worker"({ params, form }) {
      const worker = find(params.worker);
      const attributes = readAttributes(form);
      const activitySid = form.get("ActivitySid");
      if (activitySid) rowOf(taskrouter.activities, "Activities", activitySid);
      if (attributes) taskrouter.setWorkerAttributes(worker.sid, attributes);
      if (activitySid) taskrouter.setActivity(worker.sid, activitySid);
      if (form.bool("RejectPendingReservations")) rejectPending(world, worker);
      return ok(wire.worker(worker));
    },
    "GET /v1/Workspaces/:workspace/Workers/:worker/Channels"(request) {
      const worker = find(request.params.worker);
      const channels = [...taskrouter.taskChannels.values()];
      return listOf(request, channels, "channels", (channel) => wire.workerChannel(worker, channel));
    },
  };
}

function listWorkers({ taskrouter }: World, form: Params): WorkerRow[] {
  const available = form.get("Available");
  const expression = form.get("TargetWorkersExpression");
  const parsed = expression ? readExpression(expression) : undefined;
  const queueName = form.get("TaskQueueName");
  const queueSid =
    form.get("TaskQueueSid") ?? [...taskrouter.queues.values()].find((row) => row.friendlyName === queueName)?.sid;
  return [...taskrouter.workers.values()].filter((row) => {
    const activity = rowOf(taskrouter.activities, "Activities", row.activitySid);
    return (
      is(form.get("FriendlyName"), row.friendlyName) &&
      is(form.get("ActivitySid"), activity.sid) &&
      is(form.get("ActivityName"), activity.friendlyName) &&
      (available === undefined || activity.available === isYes(available)) &&
      (!parsed || evaluate(parsed, workerDocument(row, activity))) &&
      (queueSid ? taskrouter.serves(row.sid, queueSid) : !queueName)
    );
  });
}

function is(wanted: string | undefined, value: string): boolean {
  return wanted === undefined || wanted === value;
}

/** Counts only when the new Activity is an unavailable one: https://www.twilio.com/docs/taskrouter/api/worker */
function rejectPending({ taskrouter }: World, worker: WorkerRow): void {
  if (taskrouter.activities.get(worker.activitySid)?.available) return;
  for (const { sid, workerSid, status } of [...taskrouter.reservations.values()]) {
    if (workerSid === worker.sid && status === "pending") taskrouter.rejectReservation(sid);
  }
}
