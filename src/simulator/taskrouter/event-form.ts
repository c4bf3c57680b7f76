import type { World } from "../world";
import type { Change, WorkerChange } from "./changes";
import { capacityOf, occupied } from "./find-workers";
import type { EventRow, TaskRow, WorkerRow } from "./rows";
import { activityOf, rowOf, type Tables } from "./tables";

/** What happened, as the workspace keeps it. The wording of most descriptions is unverified. */
export function eventRow(world: World, tables: Tables, change: Change): EventRow {
  const at = world.clock.now();
  const subject = subjectOf(change);
  return {
    sid: world.newSid("EV"),
    type: change.event,
    description: describe(change, subject),
    resourceType: subject.type,
    resourceSid: subject.sid,
    fields: fieldsOf(tables, change, at),
    at,
  };
}

/**
 * The form an event callback posts: https://www.twilio.com/docs/taskrouter/api/event/reference. `Sid`, `TimestampMs` and
 * the names beside the SIDs are observed, not documented.
 */
export function callbackForm({ account }: World, { workspace }: Tables, row: EventRow): Record<string, string> {
  return {
    Sid: row.sid,
    EventType: row.type,
    AccountSid: account.sid,
    WorkspaceSid: workspace.sid,
    WorkspaceName: workspace.friendlyName,
    EventDescription: row.description,
    ResourceType: row.resourceType,
    ResourceSid: row.resourceSid,
    Timestamp: String(Math.floor(row.at.getTime() / 1000)),
    TimestampMs: String(row.at.getTime()),
    ...row.fields,
  };
}

interface Subject {
  type: string;
  sid: string;
}

function subjectOf(change: Change): Subject {
  if ("object" in change) return change.object;
  if ("worker" in change) return { type: "worker", sid: change.worker.sid };
  if ("reservation" in change) return { type: "reservation", sid: change.reservation.sid };
  return { type: "task", sid: change.task.sid };
}

function describe(change: Change, subject: Subject): string {
  if ("object" in change && change.description) return change.description;
  if (change.event === "task.canceled" && "task" in change && change.task.reason) return change.task.reason;
  return `${change.event} for ${subject.type} ${subject.sid}`;
}

function fieldsOf(tables: Tables, change: Change, at: Date): Record<string, string> {
  if ("object" in change) return change.fields;
  if ("worker" in change) return { ...aboutWorker(tables, change.worker), ...aboutWorkerChange(tables, change) };
  const { task } = change;
  if (!("reservation" in change)) return taskFields(tables, task, at);
  const worker = rowOf(tables.workers, "Workers", change.reservation.workerSid);
  return { ...taskFields(tables, task, at), ReservationSid: change.reservation.sid, ...aboutWorker(tables, worker) };
}

function taskFields(tables: Tables, task: TaskRow, at: Date): Record<string, string> {
  const channel = rowOf(tables.taskChannels, "TaskChannels", task.taskChannelSid);
  // They may be gone when a Task that is over goes too.
  const workflow = task.workflowSid ? tables.workflows.get(task.workflowSid) : undefined;
  const queue = task.queueSid ? tables.queues.get(task.queueSid) : undefined;
  return {
    TaskSid: task.sid,
    TaskAttributes: task.attributes,
    TaskAge: String(Math.floor((at.getTime() - task.createdAt.getTime()) / 1000)),
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

function aboutWorker(tables: Tables, worker: WorkerRow): Record<string, string> {
  const activity = activityOf(tables, worker);
  return {
    WorkerSid: worker.sid,
    WorkerName: worker.friendlyName,
    WorkerAttributes: worker.attributes,
    WorkerActivitySid: activity.sid,
    WorkerActivityName: activity.friendlyName,
    WorkerVersion: String(worker.revision),
  };
}

function aboutWorkerChange(tables: Tables, { worker, previously, channel }: WorkerChange): Record<string, string> {
  return {
    ...(previously
      ? {
          WorkerPreviousActivitySid: previously.activitySid,
          WorkerTimeInPreviousActivity: String(Math.floor(previously.ms / 1000)),
          WorkerTimeInPreviousActivityMs: String(previously.ms),
        }
      : {}),
    ...(channel
      ? {
          WorkerChannelAvailable: String(!worker.unavailableChannels.includes(channel.row.uniqueName)),
          WorkerChannelAvailableCapacity: String(capacityOf(worker, channel.row)),
          WorkerChannelPreviousCapacity: String(channel.previousCapacity),
          WorkerChannelTaskCount: String(occupied(tables, worker.sid, channel.row.sid)),
          TaskChannelSid: channel.row.sid,
          TaskChannelUniqueName: channel.row.uniqueName,
        }
      : {}),
  };
}
