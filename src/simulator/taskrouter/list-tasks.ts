import type { Params } from "../server/params";
import type { World } from "../world";
import { attributesOf } from "./documents";
import { evaluate } from "./expression";
import { readExpression } from "./management";
import { inOrder, is } from "./request";
import type { TaskRow } from "./rows";

/** The filters and the order of a Task list. */
export function listTasks(world: World, form: Params): TaskRow[] {
  const { taskrouter } = world;
  const statuses = form.all("AssignmentStatus").flatMap((text) => text.split(",").map((status) => status.trim()));
  const text = form.get("EvaluateTaskAttributes");
  const expression = text ? readExpression(world, text) : undefined;
  const priority = form.int("Priority");
  const nameOf = (rows: ReadonlyMap<string, { friendlyName: string }>, sid: string | null) =>
    sid === null ? undefined : rows.get(sid)?.friendlyName;
  const rows = [...taskrouter.tasks.values()].filter(
    (task) =>
      (statuses.length === 0 || statuses.includes(task.status)) &&
      (priority === undefined || task.priority === priority) &&
      is(form.get("WorkflowSid"), task.workflowSid) &&
      is(form.get("WorkflowName"), nameOf(taskrouter.workflows, task.workflowSid)) &&
      is(form.get("TaskQueueSid"), task.queueSid) &&
      is(form.get("TaskQueueName"), nameOf(taskrouter.queues, task.queueSid)) &&
      is(form.get("RoutingTarget"), task.routingTarget) &&
      // No Task has any.
      !form.bool("HasAddons") &&
      (!expression || evaluate(expression, attributesOf(task))),
  );
  return inOrder(rows, form.get("Ordering") ?? "DateCreated:asc", SORT_KEYS);
}

const SORT_KEYS: Record<string, (task: TaskRow) => number> = {
  DateCreated: ({ createdAt }) => createdAt.getTime(),
  VirtualStartTime: ({ virtualStartedAt }) => virtualStartedAt.getTime(),
  Priority: ({ priority }) => priority,
};
