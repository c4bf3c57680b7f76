import { ApiError } from "../server/api-error";
import type { Params } from "../server/params";
import { type ApiRequest, created, noContent, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { listTasks } from "./list-tasks";
import { isYes, listOf, readAttributes, readNumber, refuseOutdated, withEtag } from "./request";
import type { TaskRow } from "./rows";
import type { TaskRouter } from "./taskrouter";
import { taskRouterWire } from "./wire";

/** https://www.twilio.com/docs/taskrouter/api/task */
export function taskRoutes(world: World): Routes {
  const { taskrouter } = world;
  const wire = taskRouterWire(world);
  const find = (request: ApiRequest) => taskrouter.task(String(request.params.task));
  return {
    // Task attributes show in lists too, against the documentation's word: observed.
    "GET /v1/Workspaces/:workspace/Tasks": (request) =>
      listOf(request, listTasks(world, request.form), "tasks", wire.task),
    "POST /v1/Workspaces/:workspace/Tasks"({ form }) {
      const ignoreCapacity = form.get("IgnoreCapacity");
      const task = taskrouter.createTask({
        attributes: readAttributes(form) ?? {},
        workflowSid: form.get("WorkflowSid"),
        queueSid: form.get("TaskQueueSid"),
        taskChannel: form.get("TaskChannel"),
        priority: readPriority(form),
        timeout: readNumber(form, "Timeout", 1, 1_209_600),
        routingTarget: form.get("RoutingTarget"),
        ignoreCapacity: ignoreCapacity === undefined ? undefined : isYes(ignoreCapacity),
        virtualStartedAt: readVirtualStart(world, form),
      });
      return withEtag(created, task, wire.task(task));
    },
    "GET /v1/Workspaces/:workspace/Tasks/:task"(request) {
      const task = find(request);
      return withEtag(ok, task, wire.task(task));
    },
    "POST /v1/Workspaces/:workspace/Tasks/:task"(request) {
      const task = find(request);
      refuseOutdated(request, task);
      update(world, task, request.form);
      return withEtag(ok, task, wire.task(task));
    },
    "DELETE /v1/Workspaces/:workspace/Tasks/:task"(request) {
      const task = find(request);
      refuseOutdated(request, task);
      taskrouter.deleteTask(task.sid);
      return noContent();
    },
  };
}

function update(world: World, task: TaskRow, form: Params): void {
  const attributes = readAttributes(form);
  const priority = readPriority(form);
  const channel = form.get("TaskChannel");
  const virtualStart = readVirtualStart(world, form);
  const status = form.get("AssignmentStatus");
  const { taskrouter } = world;
  if (status && (attributes || priority !== undefined || channel || virtualStart)) {
    throw new ApiError(400, 20001, "AssignmentStatus cannot be changed together with other properties");
  }
  if (status) setStatus(world, task, status, form);
  if (channel) taskrouter.setTaskChannel(task.sid, channel);
  if (attributes) taskrouter.setTaskAttributes(task.sid, attributes);
  if (priority !== undefined) taskrouter.setTaskPriority(task.sid, priority);
  if (virtualStart) taskrouter.setVirtualStartTime(task.sid, virtualStart);
}

function setStatus({ taskrouter }: World, task: TaskRow, status: string, form: Params): void {
  if (status === "completed") taskrouter.completeTask(task.sid, form.require("Reason"));
  else if (status === "wrapping") taskrouter.wrapTask(task.sid, form.get("Reason") ?? "");
  else if (status === "canceled") cancel(taskrouter, task, form.require("Reason"));
  else throw new ApiError(400, 20001, `Cannot set the status of task ${task.sid} to ${status}.`);
}

/** An assigned Task only ever completes: https://www.twilio.com/docs/taskrouter/lifecycle-task-state */
function cancel(taskrouter: TaskRouter, task: TaskRow, reason: string): void {
  if (task.status !== "pending" && task.status !== "reserved") {
    throw new ApiError(400, 20001, `Cannot cancel task ${task.sid} because it is not pending or reserved.`);
  }
  taskrouter.cancelTask(task.sid, reason);
}

function readPriority(form: Params): number | undefined {
  return readNumber(form, "Priority", 0, 2 ** 31 - 1);
}

/** Not in the future, nor before 1900. */
function readVirtualStart({ clock }: World, form: Params): Date | undefined {
  const at = form.date("VirtualStartTime");
  if (at && (at > clock.now() || at.getUTCFullYear() < 1900)) {
    throw new ApiError(400, 20001, "VirtualStartTime must not lie in the future or before 1900");
  }
  return at;
}
