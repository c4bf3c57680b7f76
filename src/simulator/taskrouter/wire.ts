import { sidFor } from "../sids";
import type { World } from "../world";
import { capacityOf } from "./find-workers";
import type {
  ActivityRow,
  ReservationRow,
  TaskChannelRow,
  TaskQueueRow,
  TaskRow,
  WorkerRow,
  WorkflowRow,
  WorkspaceRow,
} from "./rows";

export { taskProperties } from "./task-properties";

/** A Worker has one channel for each Task Channel. */
export const workerChannelSid = (worker: WorkerRow, channel: TaskChannelRow) =>
  sidFor("WC", `${worker.sid}/${channel.sid}`);

/** TaskRouter dates carry no fractions of a second. */
export const date = (value: Date) => `${value.toISOString().slice(0, 19)}Z`;
const optionalDate = (value: Date | null) => (value ? date(value) : null);

/** The JSON of TaskRouter's resources: only here and in `task-properties.ts` are its wire names written. */
export function taskRouterWire(world: World) {
  const { taskrouter } = world;
  const workspaceUrl = `https://taskrouter.twilio.com/v1/Workspaces/${taskrouter.workspace.sid}`;
  const workspaceOnly = { workspace: workspaceUrl };
  const owner = { account_sid: world.account.sid, workspace_sid: taskrouter.workspace.sid };
  const dates = (row: { createdAt: Date; updatedAt: Date }) => ({
    date_created: date(row.createdAt),
    date_updated: date(row.updatedAt),
  });

  const statistics = (url: string) => ({
    statistics: `${url}/Statistics`,
    real_time_statistics: `${url}/RealTimeStatistics`,
    cumulative_statistics: `${url}/CumulativeStatistics`,
  });
  const activityName = (sid: string | null) => (sid && taskrouter.activities.get(sid)?.friendlyName) || null;

  const activityLink = (what: "reservation" | "assignment", sid: string | null) =>
    sid ? { [`${what}_activity`]: `${workspaceUrl}/Activities/${sid}` } : {};

  function reservation(row: ReservationRow, url: string) {
    return {
      ...owner,
      sid: row.sid,
      task_sid: row.taskSid,
      worker_sid: row.workerSid,
      worker_name: row.workerName,
      reservation_status: row.status,
      ...dates(row),
      url,
      links: {
        ...workspaceOnly,
        task: `${workspaceUrl}/Tasks/${row.taskSid}`,
        worker: `${workspaceUrl}/Workers/${row.workerSid}`,
      },
    };
  }

  return {
    workspace(row: Readonly<WorkspaceRow>) {
      return {
        account_sid: world.account.sid,
        sid: row.sid,
        friendly_name: row.friendlyName,
        event_callback_url: row.eventCallbackUrl,
        events_filter: row.eventsFilter,
        default_activity_sid: row.defaultActivitySid,
        default_activity_name: activityName(row.defaultActivitySid),
        timeout_activity_sid: row.timeoutActivitySid,
        timeout_activity_name: activityName(row.timeoutActivitySid),
        multi_task_enabled: true,
        prioritize_queue_order: row.prioritizeQueueOrder,
        ...dates(row),
        url: workspaceUrl,
        links: {
          activities: `${workspaceUrl}/Activities`,
          task_channels: `${workspaceUrl}/TaskChannels`,
          task_queues: `${workspaceUrl}/TaskQueues`,
          tasks: `${workspaceUrl}/Tasks`,
          workers: `${workspaceUrl}/Workers`,
          workflows: `${workspaceUrl}/Workflows`,
          events: `${workspaceUrl}/Events`,
          ...statistics(workspaceUrl),
        },
      };
    },
    activity(row: ActivityRow) {
      return {
        ...owner,
        sid: row.sid,
        friendly_name: row.friendlyName,
        available: row.available,
        ...dates(row),
        url: `${workspaceUrl}/Activities/${row.sid}`,
        links: workspaceOnly,
      };
    },
    workflow(row: WorkflowRow) {
      return {
        ...owner,
        sid: row.sid,
        friendly_name: row.friendlyName,
        configuration: row.configuration,
        document_content_type: "application/json",
        task_reservation_timeout: row.taskReservationTimeout,
        assignment_callback_url: row.assignmentCallbackUrl,
        fallback_assignment_callback_url: row.fallbackAssignmentCallbackUrl,
        ...dates(row),
        url: `${workspaceUrl}/Workflows/${row.sid}`,
        links: statistics(`${workspaceUrl}/Workflows/${row.sid}`),
      };
    },
    taskQueue(row: TaskQueueRow) {
      return {
        ...owner,
        sid: row.sid,
        friendly_name: row.friendlyName,
        target_workers: row.targetWorkers,
        max_reserved_workers: row.maxReservedWorkers,
        task_order: row.taskOrder,
        assignment_activity_sid: row.assignmentActivitySid,
        assignment_activity_name: activityName(row.assignmentActivitySid),
        reservation_activity_sid: row.reservationActivitySid,
        reservation_activity_name: activityName(row.reservationActivitySid),
        ...dates(row),
        url: `${workspaceUrl}/TaskQueues/${row.sid}`,
        links: {
          ...workspaceOnly,
          ...activityLink("reservation", row.reservationActivitySid),
          ...activityLink("assignment", row.assignmentActivitySid),
          ...statistics(`${workspaceUrl}/TaskQueues/${row.sid}`),
          list_statistics: `${workspaceUrl}/TaskQueues/Statistics`,
          bulk_real_time_statistics: `${workspaceUrl}/TaskQueues/RealTimeStatistics`,
        },
      };
    },
    taskChannel(row: TaskChannelRow) {
      return {
        ...owner,
        sid: row.sid,
        friendly_name: row.friendlyName,
        unique_name: row.uniqueName,
        channel_optimized_routing: row.channelOptimizedRouting,
        ...dates(row),
        url: `${workspaceUrl}/TaskChannels/${row.sid}`,
        links: workspaceOnly,
      };
    },
    worker(row: WorkerRow) {
      const url = `${workspaceUrl}/Workers/${row.sid}`;
      const activity = taskrouter.activities.get(row.activitySid);
      return {
        ...owner,
        sid: row.sid,
        friendly_name: row.friendlyName,
        attributes: row.attributes,
        activity_sid: row.activitySid,
        activity_name: activity?.friendlyName ?? null,
        available: activity?.available ?? false,
        date_status_changed: date(row.activityChangedAt),
        ...dates(row),
        url,
        links: {
          ...workspaceOnly,
          activity: `${workspaceUrl}/Activities/${row.activitySid}`,
          channels: `${url}/Channels`,
          worker_channels: `${url}/Channels`,
          reservations: `${url}/Reservations`,
          // Those of all Workers, and this one's: so in the OpenAPI document's examples.
          ...statistics(`${workspaceUrl}/Workers`),
          worker_statistics: `${url}/Statistics`,
        },
      };
    },
    workerChannel(worker: WorkerRow, channel: TaskChannelRow) {
      const sid = workerChannelSid(worker, channel);
      const capacity = capacityOf(worker, channel);
      const taken = taskrouter.occupied(worker.sid, channel.sid);
      return {
        ...owner,
        sid,
        worker_sid: worker.sid,
        task_channel_sid: channel.sid,
        task_channel_unique_name: channel.uniqueName,
        configured_capacity: capacity,
        assigned_tasks: taken,
        available: !worker.unavailableChannels.includes(channel.uniqueName),
        available_capacity_percentage: capacity ? Math.max(0, Math.round((1 - taken / capacity) * 100)) : 0,
        ...dates(worker),
        url: `${workspaceUrl}/Workers/${worker.sid}/Channels/${sid}`,
      };
    },
    task(row: TaskRow) {
      const url = `${workspaceUrl}/Tasks/${row.sid}`;
      return {
        ...owner,
        sid: row.sid,
        age: Math.floor((world.clock.ms() - row.createdAt.getTime()) / 1000),
        assignment_status: row.status,
        attributes: row.attributes,
        addons: "{}",
        priority: row.priority,
        reason: row.reason,
        timeout: row.timeout,
        task_queue_sid: row.queueSid,
        task_queue_friendly_name: row.queueSid && (taskrouter.queues.get(row.queueSid)?.friendlyName ?? null),
        task_queue_entered_date: optionalDate(row.queueEnteredAt),
        task_channel_sid: row.taskChannelSid,
        task_channel_unique_name: taskrouter.taskChannel(row.taskChannelSid).uniqueName,
        workflow_sid: row.workflowSid,
        workflow_friendly_name: row.workflowSid && (taskrouter.workflows.get(row.workflowSid)?.friendlyName ?? null),
        virtual_start_time: date(row.virtualStartedAt),
        ignore_capacity: row.ignoreCapacity,
        routing_target: row.routingTarget,
        ...dates(row),
        url,
        links: {
          ...workspaceOnly,
          ...(row.workflowSid ? { workflow: `${workspaceUrl}/Workflows/${row.workflowSid}` } : {}),
          ...(row.queueSid ? { task_queue: `${workspaceUrl}/TaskQueues/${row.queueSid}` } : {}),
          reservations: `${url}/Reservations`,
        },
      };
    },
    taskReservation: (row: ReservationRow) =>
      reservation(row, `${workspaceUrl}/Tasks/${row.taskSid}/Reservations/${row.sid}`),
    workerReservation: (row: ReservationRow) =>
      reservation(row, `${workspaceUrl}/Workers/${row.workerSid}/Reservations/${row.sid}`),
  };
}
