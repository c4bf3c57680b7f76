import type { World } from "../world";
import type { TaskRow } from "./rows";

const seconds = (value: Date) => Math.floor(value.getTime() / 1000);

/** A Task as an Interaction's `routing.properties` shows it, with `assignmentCounter` in the one camel-case name. */
export function taskProperties(world: World, task: TaskRow) {
  const { taskrouter, account, clock } = world;
  const now = clock.ms();
  const age = (since: Date) => Math.floor((now - since.getTime()) / 1000);
  return {
    account_sid: account.sid,
    workspace_sid: taskrouter.workspace.sid,
    sid: task.sid,
    date_created: seconds(task.createdAt),
    date_updated: seconds(task.updatedAt),
    attributes: task.attributes,
    assignment_status: task.status,
    workflow_sid: task.workflowSid,
    workflow_name: task.workflowSid && (taskrouter.workflows.get(task.workflowSid)?.friendlyName ?? null),
    queue_sid: task.queueSid,
    queue_name: task.queueSid && (taskrouter.queues.get(task.queueSid)?.friendlyName ?? null),
    priority: task.priority,
    age: age(task.createdAt),
    reason: task.reason ?? "",
    timeout: task.timeout,
    assignmentCounter: taskrouter.reservationsOf(task.sid).length,
    task_channel_sid: task.taskChannelSid,
    task_channel_unique_name: taskrouter.taskChannel(task.taskChannelSid).uniqueName,
    routing_target: task.routingTarget,
    task_queue_entered_date: task.queueEnteredAt && seconds(task.queueEnteredAt),
    age_in_queue: task.queueEnteredAt ? age(task.queueEnteredAt) : 0,
    addons: "{}",
  };
}
