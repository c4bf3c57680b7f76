import type { Params } from "../server/params";
import { type ApiRequest, created, noContent, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { workerDocument } from "./documents";
import { evaluate } from "./expression";
import { readExpression, refused } from "./management";
import { inOrder, is, isYes, listOf, readAttributes, readNumber, refuseOutdated, withEtag } from "./request";
import type { TaskChannelRow, WorkerRow } from "./rows";
import { rowOf } from "./tables";
import { taskRouterWire, workerChannelSid } from "./wire";

/** https://www.twilio.com/docs/taskrouter/api/worker */
export function workerRoutes(world: World): Routes {
  const { taskrouter } = world;
  const wire = taskRouterWire(world);
  const find = ({ params }: ApiRequest) => rowOf(taskrouter.workers, "Workers", String(params.worker));
  return {
    "GET /v1/Workspaces/:workspace/Workers": (request) =>
      listOf(request, listWorkers(world, request.form), "workers", wire.worker),
    "POST /v1/Workspaces/:workspace/Workers"({ form }) {
      const worker = taskrouter.createWorker({
        friendlyName: readName(form.require("FriendlyName")),
        attributes: readAttributes(form),
        activitySid: form.get("ActivitySid"),
      });
      return withEtag(created, worker, wire.worker(worker));
    },
    "GET /v1/Workspaces/:workspace/Workers/:worker"(request) {
      const worker = find(request);
      return withEtag(ok, worker, wire.worker(worker));
    },
    "POST /v1/Workspaces/:workspace/Workers/:worker"(request) {
      const worker = find(request);
      refuseOutdated(request, worker);
      update(world, worker, request.form);
      return withEtag(ok, worker, wire.worker(worker));
    },
    "DELETE /v1/Workspaces/:workspace/Workers/:worker"(request) {
      const worker = find(request);
      refuseOutdated(request, worker);
      taskrouter.deleteWorker(worker.sid);
      return noContent();
    },
    ...workerChannelRoutes(world),
  };
}

/** https://www.twilio.com/docs/taskrouter/api/worker-channel */
function workerChannelRoutes(world: World): Routes {
  const { taskrouter } = world;
  const wire = taskRouterWire(world);
  const find = ({ params }: ApiRequest): [WorkerRow, TaskChannelRow] => {
    const worker = rowOf(taskrouter.workers, "Workers", String(params.worker));
    const channels = [...taskrouter.taskChannels.values()];
    const bySid = new Map(channels.map((channel) => [workerChannelSid(worker, channel), channel]));
    return [worker, rowOf(bySid, "Channels", String(params.channel))];
  };
  return {
    "GET /v1/Workspaces/:workspace/Workers/:worker/Channels"(request) {
      const worker = rowOf(taskrouter.workers, "Workers", String(request.params.worker));
      const channels = [...taskrouter.taskChannels.values()];
      return listOf(request, channels, "channels", (channel) => wire.workerChannel(worker, channel));
    },
    "GET /v1/Workspaces/:workspace/Workers/:worker/Channels/:channel": (request) =>
      ok(wire.workerChannel(...find(request))),
    "POST /v1/Workspaces/:workspace/Workers/:worker/Channels/:channel"(request) {
      const [worker, channel] = find(request);
      const { form } = request;
      const changes = {
        capacity: readNumber(form, "Capacity", 0, Number.MAX_SAFE_INTEGER),
        available: form.bool("Available"),
      };
      taskrouter.updateWorkerChannel(worker.sid, channel.sid, changes);
      return ok(wire.workerChannel(worker, channel));
    },
  };
}

function update({ taskrouter }: World, worker: WorkerRow, form: Params): void {
  const name = form.get("FriendlyName");
  const attributes = readAttributes(form);
  const activitySid = form.get("ActivitySid");
  if (activitySid) rowOf(taskrouter.activities, "Activities", activitySid);
  if (name !== undefined) taskrouter.renameWorker(worker.sid, readName(name));
  if (attributes) taskrouter.setWorkerAttributes(worker.sid, attributes);
  if (activitySid) taskrouter.setActivity(worker.sid, activitySid);
  if (form.bool("RejectPendingReservations")) rejectPending(taskrouter, worker);
}

function readName(name: string): string {
  if (name.length > 64) throw refused("FriendlyName must not exceed 64 characters");
  return name;
}

function listWorkers(world: World, form: Params): WorkerRow[] {
  const { taskrouter } = world;
  const available = form.get("Available");
  const expression = form.get("TargetWorkersExpression");
  const parsed = expression ? readExpression(world, expression) : undefined;
  const queueName = form.get("TaskQueueName");
  const queueSid =
    form.get("TaskQueueSid") ?? [...taskrouter.queues.values()].find((row) => row.friendlyName === queueName)?.sid;
  const rows = [...taskrouter.workers.values()].filter((row) => {
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
  return inOrder(rows, form.get("Ordering") ?? "DateCreated:asc", {
    DateCreated: ({ createdAt }) => createdAt.getTime(),
    DateStatusChanged: ({ activityChangedAt }) => activityChangedAt.getTime(),
  });
}

/** Counts only when the new Activity is an unavailable one: https://www.twilio.com/docs/taskrouter/api/worker */
function rejectPending(taskrouter: World["taskrouter"], worker: WorkerRow): void {
  if (taskrouter.activities.get(worker.activitySid)?.available) return;
  for (const { sid, status } of taskrouter.reservationsOfWorker(worker.sid)) {
    if (status === "pending") taskrouter.rejectReservation(sid);
  }
}
