import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { NewTask, TaskRow } from "./rows";
import { rowOf, type Tables } from "./tables";

const A_DAY = 86_400;
/** https://www.twilio.com/docs/taskrouter/lifecycle-task-state */
const KEPT_SECONDS = 5 * 60;

/** Makes the row of a new Task; refuses what it names and does not exist. */
export function newTaskRow(world: World, tables: Tables, task: NewTask): TaskRow {
  // A queue given by itself is where the Task goes; how Twilio treats it beside a Workflow is unverified.
  const routingTarget = task.routingTarget ?? task.queueSid ?? null;
  const now = world.clock.now();
  return {
    sid: world.newSid("WT"),
    attributes: JSON.stringify(task.attributes),
    status: "pending",
    reason: null,
    ...readTarget(tables, task, routingTarget),
    queueEnteredAt: null,
    taskChannelSid: rowOf(
      tables.taskChannels,
      "TaskChannels",
      task.taskChannel ?? "default",
      ({ uniqueName }) => uniqueName,
    ).sid,
    priority: task.priority ?? 0,
    timeout: task.timeout ?? A_DAY,
    routingTarget,
    ignoreCapacity: routingTarget?.startsWith("WK") ? (task.ignoreCapacity ?? true) : false,
    ...(task.onward ? { onward: true } : {}),
    virtualStartedAt: task.virtualStartedAt ?? now,
    timesReserved: 0,
    keptSeconds: task.keptSeconds ?? KEPT_SECONDS,
    assignedAt: null,
    endedAt: null,
    revision: 0,
    createdAt: now,
    updatedAt: now,
  };
}

/** https://www.twilio.com/en-us/changelog/route-directly-to-worker-task-queue-or-workflow */
function readTarget(tables: Tables, task: NewTask, target: string | null): Pick<TaskRow, "workflowSid" | "queueSid"> {
  const workflowSid = task.workflowSid ? rowOf(tables.workflows, "Workflows", task.workflowSid).sid : null;
  const queueSid = task.queueSid ? rowOf(tables.queues, "TaskQueues", task.queueSid).sid : null;
  switch (target?.slice(0, 2)) {
    case "WK":
      rowOf(tables.workers, "Workers", target ?? "");
      return { workflowSid, queueSid };
    case "WQ":
      return { workflowSid, queueSid: rowOf(tables.queues, "TaskQueues", target ?? "").sid };
    case "WW":
      return { workflowSid: rowOf(tables.workflows, "Workflows", target ?? "").sid, queueSid: null };
    case undefined:
      return { workflowSid: workflowSid ?? onlyWorkflow(tables), queueSid: null };
    default:
      throw new ApiError(400, 20001, "RoutingTarget must be the SID of a Worker, a TaskQueue or a Workflow");
  }
}

/** May be left out where there is only one: https://www.twilio.com/docs/taskrouter/api/task */
function onlyWorkflow({ workflows }: Tables): string {
  const [first, second] = workflows.keys();
  if (!first || second) throw new ApiError(400, 20001, "WorkflowSid field is required");
  return first;
}
