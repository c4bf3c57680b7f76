import { ApiError } from "../server/api-error";
import { ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { isYes, listOf } from "./request";
import { rowOf } from "./tables";
import { taskRouterWire } from "./wire";

/** Workspaces, Activities and Task Channels: https://www.twilio.com/docs/taskrouter/api/workspace */
export function workspaceRoutes(world: World): Routes {
  const { taskrouter } = world;
  const wire = taskRouterWire(world);
  return {
    "GET /v1/Workspaces"(request) {
      const name = request.form.get("FriendlyName");
      const rows = [taskrouter.workspace].filter(({ friendlyName }) => !name || friendlyName === name);
      return listOf(request, rows, "workspaces", wire.workspace);
    },
    "GET /v1/Workspaces/:workspace": () => ok(wire.workspace(taskrouter.workspace)),
    "POST /v1/Workspaces/:workspace"({ form }) {
      taskrouter.updateWorkspace({
        friendlyName: form.get("FriendlyName"),
        eventCallbackUrl: readUrl(form.get("EventCallbackUrl")),
        eventsFilter: form.has("EventsFilter") ? form.get("EventsFilter") || null : undefined,
        defaultActivitySid: form.get("DefaultActivitySid"),
        timeoutActivitySid: form.get("TimeoutActivitySid"),
      });
      return ok(wire.workspace(taskrouter.workspace));
    },
    "GET /v1/Workspaces/:workspace/Activities"(request) {
      const { form } = request;
      const name = form.get("FriendlyName");
      const available = form.get("Available");
      const rows = [...taskrouter.activities.values()]
        .filter((row) => !name || row.friendlyName === name)
        .filter((row) => available === undefined || row.available === isYes(available));
      return listOf(request, rows, "activities", wire.activity);
    },
    "GET /v1/Workspaces/:workspace/Activities/:activity": ({ params }) =>
      ok(wire.activity(rowOf(taskrouter.activities, "Activities", String(params.activity)))),
    "GET /v1/Workspaces/:workspace/TaskChannels": (request) =>
      listOf(request, [...taskrouter.taskChannels.values()], "channels", wire.taskChannel),
    "GET /v1/Workspaces/:workspace/TaskChannels/:channel": ({ params }) =>
      ok(wire.taskChannel(taskrouter.taskChannel(String(params.channel)))),
  };
}

/** An empty URL ends the callbacks. */
function readUrl(text: string | undefined): string | null | undefined {
  if (text === undefined || text === "") return text === "" ? null : undefined;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new ApiError(400, 20001, "EventCallbackUrl must be an absolute http or https URL");
  }
  return text;
}
