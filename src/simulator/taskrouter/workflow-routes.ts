import type { Params } from "../server/params";
import { created, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { isYes, listOf, readNumber } from "./request";
import { rowOf } from "./tables";
import { taskRouterWire } from "./wire";

/** Workflows and Task Queues: https://www.twilio.com/docs/taskrouter/api/workflow, https://www.twilio.com/docs/taskrouter/api/task-queue */
export function workflowRoutes(world: World): Routes {
  const { taskrouter } = world;
  const wire = taskRouterWire(world);
  return {
    "GET /v1/Workspaces/:workspace/Workflows"(request) {
      const name = request.form.get("FriendlyName");
      const rows = [...taskrouter.workflows.values()].filter((row) => !name || row.friendlyName === name);
      return listOf(request, rows, "workflows", wire.workflow);
    },
    "POST /v1/Workspaces/:workspace/Workflows"({ form }) {
      const row = taskrouter.createWorkflow({
        friendlyName: form.require("FriendlyName"),
        configuration: form.require("Configuration"),
        ...workflowOptions(form),
      });
      return created(wire.workflow(row));
    },
    "GET /v1/Workspaces/:workspace/Workflows/:workflow": ({ params }) =>
      ok(wire.workflow(rowOf(taskrouter.workflows, "Workflows", String(params.workflow)))),
    "POST /v1/Workspaces/:workspace/Workflows/:workflow"({ params, form }) {
      const changes = {
        friendlyName: form.get("FriendlyName"),
        configuration: form.get("Configuration"),
        ...workflowOptions(form),
      };
      const reEvaluate = isYes(form.get("ReEvaluateTasks") ?? "");
      return ok(wire.workflow(taskrouter.updateWorkflow(String(params.workflow), changes, reEvaluate)));
    },
    "GET /v1/Workspaces/:workspace/TaskQueues"(request) {
      const { form } = request;
      const [name, worker] = [form.get("FriendlyName"), form.get("WorkerSid")];
      const rows = [...taskrouter.queues.values()]
        .filter((row) => !name || row.friendlyName === name)
        .filter((row) => !worker || taskrouter.serves(worker, row.sid));
      return listOf(request, rows, "task_queues", wire.taskQueue);
    },
    "POST /v1/Workspaces/:workspace/TaskQueues"({ form }) {
      const row = taskrouter.createQueue({
        friendlyName: form.require("FriendlyName"),
        targetWorkers: form.get("TargetWorkers"),
        maxReservedWorkers: readNumber(form, "MaxReservedWorkers", 1, 50),
        taskOrder: form.get("TaskOrder") === "LIFO" ? "LIFO" : "FIFO",
      });
      return created(wire.taskQueue(row));
    },
    "GET /v1/Workspaces/:workspace/TaskQueues/:queue": ({ params }) =>
      ok(wire.taskQueue(rowOf(taskrouter.queues, "TaskQueues", String(params.queue)))),
  };
}

function workflowOptions(form: Params) {
  return {
    taskReservationTimeout: readNumber(form, "TaskReservationTimeout", 1, 86_400),
    assignmentCallbackUrl: optionalUrl(form, "AssignmentCallbackUrl"),
    fallbackAssignmentCallbackUrl: optionalUrl(form, "FallbackAssignmentCallbackUrl"),
  };
}

function optionalUrl(form: Params, name: string): string | null | undefined {
  return form.has(name) ? form.get(name) || null : undefined;
}
