import type { World } from "../world";
import type { Change, WorkerChange } from "./announce";
import type { TaskRow, WorkerRow } from "./rows";
import { activityOf, rowOf, type Tables } from "./tables";

/**
 * The form an event callback posts: https://www.twilio.com/docs/taskrouter/api/event/reference. `Sid`, `TimestampMs` and
 * the names beside the SIDs are observed, not documented; the wording of `EventDescription` is unverified.
 */
export function eventForm(world: World, tables: Tables, change: Change): Record<string, string> {
  const now = world.clock.ms();
  const subject = subjectOf(change);
  return {
    Sid: world.newSid("EV"),
    EventType: change.event,
    AccountSid: world.account.sid,
    WorkspaceSid: tables.workspace.sid,
    WorkspaceName: tables.workspace.friendlyName,
    EventDescription: describe(change, subject),
    ResourceType: subject.type,
    ResourceSid: subject.sid,
    Timestamp: String(Math.floor(now / 1000)),
    TimestampMs: String(now),
    ...("task" in change ? taskFields(tables, change.task, now) : {}),
    ...("reservation" in change ? { ReservationSid: change.reservation.sid } : {}),
    ...workerFields(tables, change),
  };
}

function subjectOf(change: Change): { type: string; sid: string } {
  if ("worker" in change) return { type: "worker", sid: change.worker.sid };
  if ("reservation" in change) return { type: "reservation", sid: change.reservation.sid };
  return { type: "task", sid: change.task.sid };
}

function describe(change: Change, subject: { type: string; sid: string }): string {
  if (change.event === "task.canceled" && "task" in change && change.task.reason) return change.task.reason;
  return `${change.event} for ${subject.type} ${subject.sid}`;
}

function taskFields(tables: Tables, task: TaskRow, now: number): Record<string, string> {
  const channel = rowOf(tables.taskChannels, "TaskChannels", task.taskChannelSid);
  const workflow = task.workflowSid ? rowOf(tables.workflows, "Workflows", task.workflowSid) : null;
  const queue = task.queueSid ? rowOf(tables.queues, "TaskQueues", task.queueSid) : null;
  return {
    TaskSid: task.sid,
    TaskAttributes: task.attributes,
    TaskAge: String(Math.floor((now - task.createdAt.getTime()) / 1000)),
    TaskPriority: String(task.priority),
    TaskAssignmentStatus: task.status,
    ...(task.status === "canceled" ? { TaskCanceledReason: task.reason ?? "" } : {}),
    ...(task.status === "completed" ? { TaskCompletedReason: task.reason ?? "" } : {}),
    TaskChannelSid: channel.sid,
    TaskChannelName: channel.friendlyName,
    TaskChannelUniqueName: channel.uniqueName,
    ...(workflow ? { WorkflowSid: workflow.sid, WorkflowName: workflow.friendlyName } : {}),
    ...(queue ? { TaskQueueSid: queue.sid, TaskQueueName: queue.friendlyName } : {}),
  };
}

function workerFields(tables: Tables, change: Change): Record<string, string> {
  if ("worker" in change) return { ...aboutWorker(tables, change.worker), ...aboutPreviousActivity(change) };
  if (!("reservation" in change)) return {};
  return aboutWorker(tables, rowOf(tables.workers, "Workers", change.reservation.workerSid));
}

function aboutWorker(tables: Tables, worker: WorkerRow): Record<string, string> {
  const activity = activityOf(tables, worker);
  return {
    WorkerSid: worker.sid,
    WorkerName: worker.friendlyName,
    WorkerAttributes: worker.attributes,
    WorkerActivitySid: activity.sid,
    WorkerActivityName: activity.friendlyName,
  };
}

function aboutPreviousActivity({ previousActivitySid, msInPreviousActivity }: WorkerChange): Record<string, string> {
  return {
    WorkerPreviousActivitySid: previousActivitySid,
    WorkerTimeInPreviousActivity: String(Math.floor(msInPreviousActivity / 1000)),
    WorkerTimeInPreviousActivityMs: String(msInPreviousActivity),
  };
}
