import { ApiError } from "../server/api-error";
import type { Params } from "../server/params";
import type { World } from "../world";
import { attributesOf } from "./documents";
import { evaluate } from "./expression";
import { readExpression } from "./manage-workspace";
import type { TaskRow } from "./rows";

/** The filters and the order of a Task list; `HasAddons` is ignored, since no Task has any. */
export function listTasks({ taskrouter }: World, form: Params): TaskRow[] {
  const statuses = form.all("AssignmentStatus").flatMap((text) => text.split(",").map((status) => status.trim()));
  const text = form.get("EvaluateTaskAttributes");
  const expression = text ? readExpression(text) : undefined;
  const priority = form.int("Priority");
  const nameOf = (rows: ReadonlyMap<string, { friendlyName: string }>, sid: string | null) =>
    sid === null ? undefined : rows.get(sid)?.friendlyName;
  return [...taskrouter.tasks.values()]
    .filter(
      (task) =>
        (statuses.length === 0 || statuses.includes(task.status)) &&
        (priority === undefined || task.priority === priority) &&
        is(form.get("WorkflowSid"), task.workflowSid) &&
        is(form.get("WorkflowName"), nameOf(taskrouter.workflows, task.workflowSid)) &&
        is(form.get("TaskQueueSid"), task.queueSid) &&
        is(form.get("TaskQueueName"), nameOf(taskrouter.queues, task.queueSid)) &&
        is(form.get("RoutingTarget"), task.routingTarget) &&
        (!expression || evaluate(expression, attributesOf(task))),
    )
    .sort(readOrdering(form.get("Ordering") ?? "DateCreated:asc"));
}

function is(wanted: string | undefined, value: string | null | undefined): boolean {
  return wanted === undefined || wanted === value;
}

const SORT_KEYS: Record<string, (task: TaskRow) => number> = {
  DateCreated: ({ createdAt }) => createdAt.getTime(),
  VirtualStartTime: ({ createdAt }) => createdAt.getTime(),
  Priority: ({ priority }) => priority,
};

/** `Priority:desc,DateCreated:asc` */
function readOrdering(text: string): (a: TaskRow, b: TaskRow) => number {
  const orders = text.split(",").map((pair) => {
    const [name = "", direction = "asc"] = pair.trim().split(":");
    const key = SORT_KEYS[name];
    if (!key || !["asc", "desc"].includes(direction.toLowerCase())) {
      throw new ApiError(400, 20001, `Ordering "${text}" is not understood`);
    }
    const sign = direction.toLowerCase() === "desc" ? -1 : 1;
    return (a: TaskRow, b: TaskRow) => sign * (key(a) - key(b));
  });
  return (a, b) => orders.reduce((difference, order) => difference || order(a, b), 0);
}
