import type { Params } from "../server/params";
import { ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { eventWire } from "./event-wire";
import { readSpan } from "./read-span";
import { is, listOf } from "./request";
import type { EventRow } from "./rows";
import { rowOf } from "./tables";

/** https://www.twilio.com/docs/taskrouter/api/event */
export function eventRoutes(world: World): Routes {
  const { taskrouter } = world;
  const render = eventWire(world);
  return {
    "GET /v1/Workspaces/:workspace/Events": (request) =>
      listOf(request, listEvents(world, request.form), "events", render),
    "GET /v1/Workspaces/:workspace/Events/:event": ({ params }) =>
      ok(render(rowOf(taskrouter.events, "Events", String(params.event)))),
  };
}

/** Newest first; unverified. */
function listEvents(world: World, form: Params): EventRow[] {
  const { from, to } = readSpan(world, form);
  const channel = form.get("TaskChannel");
  const sids = ["TaskSid", "ReservationSid", "WorkerSid", "TaskQueueSid", "WorkflowSid"];
  return [...world.taskrouter.events.values()]
    .filter(
      (row) =>
        row.at >= from &&
        row.at <= to &&
        is(form.get("EventType"), row.type) &&
        is(form.get("Sid"), row.sid) &&
        sids.every((name) => is(form.get(name), row.fields[name])) &&
        (!channel || [row.fields.TaskChannelSid, row.fields.TaskChannelUniqueName].includes(channel)),
    )
    .reverse();
}
