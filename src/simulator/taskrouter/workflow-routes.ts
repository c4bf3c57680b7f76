import type { Params } from "../server/params";
import { created, noContent, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { workerDocument } from "./documents";
import { evaluate } from "./expression";
import { readExpression } from "./management";
import { inOrder, is, isYes, listOf, readNumber, readUrl } from "./request";
import type { TaskQueueRow } from "./rows";
import { rowOf } from "./tables";
import { taskRouterWire } from "./wire";
import { readQueueOrder } from "./workspace-routes";

/** https://www.twilio.com/docs/taskrouter/api/workflow */
export function workflowRoutes(world: World): Routes {
  const { taskrouter } = world;
  const wire = taskRouterWire(world);
  return {
    "GET /v1/Workspaces/:workspace/Workflows"(request) {
      const name = request.form.get("FriendlyName");
      const rows = [...taskrouter.workflows.values()].filter((row) => is(name, row.friendlyName));
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
    "DELETE /v1/Workspaces/:workspace/Workflows/:workflow"({ params }) {
      taskrouter.deleteWorkflow(String(params.workflow));
      return noContent();
    },
    ...queueRoutes(world),
  };
}

function workflowOptions(form: Params) {
  return {
    taskReservationTimeout: readNumber(form, "TaskReservationTimeout", 1, 86_400),
    assignmentCallbackUrl: readUrl(form, "AssignmentCallbackUrl"),
    fallbackAssignmentCallbackUrl: readUrl(form, "FallbackAssignmentCallbackUrl"),
  };
}

/** https://www.twilio.com/docs/taskrouter/api/task-queue */
function queueRoutes(world: World): Routes {
  const { taskrouter } = world;
  const wire = taskRouterWire(world);
  return {
    "GET /v1/Workspaces/:workspace/TaskQueues": (request) =>
      listOf(request, listQueues(world, request.form), "task_queues", wire.taskQueue),
    "POST /v1/Workspaces/:workspace/TaskQueues"({ form }) {
      const row = taskrouter.createQueue({ friendlyName: form.require("FriendlyName"), ...queueOptions(form) });
      return created(wire.taskQueue(row));
    },
    "GET /v1/Workspaces/:workspace/TaskQueues/:queue": ({ params }) =>
      ok(wire.taskQueue(rowOf(taskrouter.queues, "TaskQueues", String(params.queue)))),
    "POST /v1/Workspaces/:workspace/TaskQueues/:queue"({ params, form }) {
      const changes = { friendlyName: form.get("FriendlyName"), ...queueOptions(form) };
      return ok(wire.taskQueue(taskrouter.updateQueue(String(params.queue), changes)));
    },
    "DELETE /v1/Workspaces/:workspace/TaskQueues/:queue"({ params }) {
      taskrouter.deleteQueue(String(params.queue));
      return noContent();
    },
  };
}

function queueOptions(form: Params) {
  const activity = (name: string) => (form.has(name) ? form.get(name) || null : undefined);
  return {
    targetWorkers: form.get("TargetWorkers"),
    maxReservedWorkers: readNumber(form, "MaxReservedWorkers", 1, 50),
    taskOrder: readQueueOrder(form, "TaskOrder"),
    reservationActivitySid: activity("ReservationActivitySid"),
    assignmentActivitySid: activity("AssignmentActivitySid"),
  };
}

/** What `EvaluateWorkerAttributes` matches is a queue that one of the matching Workers belongs to. */
function listQueues(world: World, form: Params): TaskQueueRow[] {
  const { taskrouter } = world;
  const [worker, text] = [form.get("WorkerSid"), form.get("EvaluateWorkerAttributes")];
  const expression = text ? readExpression(world, text) : undefined;
  const matching = [...taskrouter.workers.values()].filter((row) => {
    const activity = rowOf(taskrouter.activities, "Activities", row.activitySid);
    return expression && evaluate(expression, workerDocument(row, activity));
  });
  const rows = [...taskrouter.queues.values()]
    .filter((row) => is(form.get("FriendlyName"), row.friendlyName))
    .filter((row) => !worker || taskrouter.serves(worker, row.sid))
    .filter((row) => !expression || matching.some(({ sid }) => taskrouter.serves(sid, row.sid)));
  return inOrder(rows, form.get("Ordering") ?? "DateCreated:asc", {
    DateCreated: ({ createdAt }) => createdAt.getTime(),
    DateUpdated: ({ updatedAt }) => updatedAt.getTime(),
  });
}
