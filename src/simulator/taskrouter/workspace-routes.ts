import type { Params } from "../server/params";
import { created, noContent, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { refused } from "./management";
import { is, isYes, listOf, readUrl } from "./request";
import type { QueueOrder } from "./rows";
import { rowOf } from "./tables";
import { taskRouterWire } from "./wire";

/** Workspaces, Activities and Task Channels: https://www.twilio.com/docs/taskrouter/api/workspace */
export function workspaceRoutes(world: World): Routes {
  const { taskrouter } = world;
  const wire = taskRouterWire(world);
  return {
    "GET /v1/Workspaces"(request) {
      const name = request.form.get("FriendlyName");
      const rows = [taskrouter.workspace].filter(({ friendlyName }) => is(name, friendlyName));
      return listOf(request, rows, "workspaces", wire.workspace);
    },
    "GET /v1/Workspaces/:workspace": () => ok(wire.workspace(taskrouter.workspace)),
    "POST /v1/Workspaces/:workspace"({ form }) {
      // A Flex project stays multitasking: https://www.twilio.com/docs/taskrouter/api/workspace
      if (form.bool("MultiTaskEnabled") === false) throw refused("A Flex workspace cannot become single-tasking");
      taskrouter.updateWorkspace({
        friendlyName: form.get("FriendlyName"),
        eventCallbackUrl: readUrl(form, "EventCallbackUrl"),
        eventsFilter: form.has("EventsFilter") ? form.get("EventsFilter") || null : undefined,
        defaultActivitySid: form.get("DefaultActivitySid"),
        timeoutActivitySid: form.get("TimeoutActivitySid"),
        prioritizeQueueOrder: readQueueOrder(form, "PrioritizeQueueOrder"),
      });
      return ok(wire.workspace(taskrouter.workspace));
    },
    ...activityRoutes(world),
    ...taskChannelRoutes(world),
  };
}

/** https://www.twilio.com/docs/taskrouter/api/activity */
function activityRoutes(world: World): Routes {
  const { taskrouter } = world;
  const wire = taskRouterWire(world);
  return {
    "GET /v1/Workspaces/:workspace/Activities"(request) {
      const { form } = request;
      const available = form.get("Available");
      const rows = [...taskrouter.activities.values()]
        .filter((row) => is(form.get("FriendlyName"), row.friendlyName))
        .filter((row) => available === undefined || row.available === isYes(available));
      return listOf(request, rows, "activities", wire.activity);
    },
    "POST /v1/Workspaces/:workspace/Activities"({ form }) {
      const row = taskrouter.createActivity(form.require("FriendlyName"), form.bool("Available") ?? false);
      return created(wire.activity(row));
    },
    "GET /v1/Workspaces/:workspace/Activities/:activity": ({ params }) =>
      ok(wire.activity(rowOf(taskrouter.activities, "Activities", String(params.activity)))),
    "POST /v1/Workspaces/:workspace/Activities/:activity": ({ params, form }) =>
      ok(wire.activity(taskrouter.renameActivity(String(params.activity), form.get("FriendlyName")))),
    "DELETE /v1/Workspaces/:workspace/Activities/:activity"({ params }) {
      taskrouter.deleteActivity(String(params.activity));
      return noContent();
    },
  };
}

/** https://www.twilio.com/docs/taskrouter/api/task-channel: fetched by SID or unique name. */
function taskChannelRoutes(world: World): Routes {
  const { taskrouter } = world;
  const wire = taskRouterWire(world);
  const options = (form: Params) => ({ channelOptimizedRouting: form.bool("ChannelOptimizedRouting") });
  return {
    "GET /v1/Workspaces/:workspace/TaskChannels": (request) =>
      listOf(request, [...taskrouter.taskChannels.values()], "channels", wire.taskChannel),
    "POST /v1/Workspaces/:workspace/TaskChannels"({ form }) {
      const [friendlyName, uniqueName] = [form.require("FriendlyName"), form.require("UniqueName")];
      return created(wire.taskChannel(taskrouter.createTaskChannel({ friendlyName, uniqueName, ...options(form) })));
    },
    "GET /v1/Workspaces/:workspace/TaskChannels/:channel": ({ params }) =>
      ok(wire.taskChannel(taskrouter.taskChannel(String(params.channel)))),
    "POST /v1/Workspaces/:workspace/TaskChannels/:channel"({ params, form }) {
      const { sid } = taskrouter.taskChannel(String(params.channel));
      const changes = { friendlyName: form.get("FriendlyName"), ...options(form) };
      return ok(wire.taskChannel(taskrouter.updateTaskChannel(sid, changes)));
    },
    "DELETE /v1/Workspaces/:workspace/TaskChannels/:channel"({ params }) {
      taskrouter.deleteTaskChannel(taskrouter.taskChannel(String(params.channel)).sid);
      return noContent();
    },
  };
}

export function readQueueOrder(form: Params, name: string): QueueOrder | undefined {
  const order = form.get(name);
  return order === "LIFO" || order === "FIFO" ? order : undefined;
}
