import { EVERYONE } from "../seeding/read-seeds";
import type { AgentSeed, QueueSeed, Seeds, WorkflowSeed } from "../seeding/seeds-schema";
import { agents } from "../seeds";
import { sidFor } from "../sids";
import type { TaskQueueRow, WorkerRow, WorkflowRow } from "./rows";
import type { TaskRouterRows } from "./tables";

const ACTIVITIES = [
  { friendlyName: "Offline", available: false },
  { friendlyName: "Available", available: true },
  { friendlyName: "Unavailable", available: false },
  { friendlyName: "Break", available: false },
];

const TASK_CHANNELS = [
  { uniqueName: "default", friendlyName: "Default", capacity: 1 },
  { uniqueName: "voice", friendlyName: "Voice", capacity: 1 },
  { uniqueName: "chat", friendlyName: "Programmable Chat", capacity: 3 },
  { uniqueName: "sms", friendlyName: "SMS", capacity: 3 },
  { uniqueName: "video", friendlyName: "Video", capacity: 1 },
  { uniqueName: "email", friendlyName: "Email", capacity: 1 },
];

const QUEUES: readonly QueueSeed[] = [{ name: EVERYONE, targetWorkers: "1==1" }];
const WORKFLOWS: readonly WorkflowSeed[] = [
  { name: "Assign to Anyone", reservationTimeout: 120, filters: [], default: { queue: EVERYONE } },
];

interface Dates {
  createdAt: Date;
  updatedAt: Date;
}

/** The workspace a new Flex account has, with the agents, queues and Workflows that are given in place of the usual ones. */
export function seedTables(now: Date, seeds: Pick<Seeds, "agents" | "queues" | "workflows"> = {}): TaskRouterRows {
  const dates = { createdAt: now, updatedAt: now };
  const offline = sidFor("WA", "Offline");
  const given = seeds.queues ?? [];
  const queues = [...QUEUES.filter(({ name }) => !given.some((queue) => queue.name === name)), ...given].map((queue) =>
    queueRow(queue, dates),
  );
  const workflows = (seeds.workflows ?? WORKFLOWS).map((workflow) => workflowRow(workflow, dates));
  return {
    workspace: {
      sid: sidFor("WS", "Flex Task Assignment"),
      friendlyName: "Flex Task Assignment",
      eventCallbackUrl: null,
      eventsFilter: null,
      defaultActivitySid: offline,
      timeoutActivitySid: offline,
      prioritizeQueueOrder: "FIFO",
      ...dates,
    },
    activities: bySid(ACTIVITIES.map((row) => ({ sid: sidFor("WA", row.friendlyName), ...row, ...dates }))),
    taskChannels: bySid(
      TASK_CHANNELS.map(({ uniqueName, friendlyName }) => ({
        sid: sidFor("TC", uniqueName),
        uniqueName,
        friendlyName,
        channelOptimizedRouting: false,
        ...dates,
      })),
    ),
    queues: bySid(queues),
    workflows: bySid(workflows),
    workers: bySid((seeds.agents ?? agents).map((agent) => workerRow(agent, dates))),
    tasks: new Map(),
    reservations: new Map(),
    journeys: new Map(),
    events: new Map(),
  };
}

function queueRow({ name, targetWorkers }: QueueSeed, dates: Dates): TaskQueueRow {
  return {
    sid: sidFor("WQ", name),
    friendlyName: name,
    targetWorkers,
    maxReservedWorkers: 1,
    taskOrder: "FIFO",
    reservationActivitySid: null,
    assignmentActivitySid: null,
    ...dates,
  };
}

function workflowRow(
  { name, reservationTimeout, filters, default: fallback }: WorkflowSeed,
  dates: Dates,
): WorkflowRow {
  const targetOf = ({ queue, ...rest }: NonNullable<typeof fallback>) => ({ queue: sidFor("WQ", queue), ...rest });
  const routing = {
    filters: filters.map((filter) => ({
      filter_friendly_name: filter.name,
      expression: filter.expression,
      targets: filter.targets.map(targetOf),
    })),
    ...(fallback ? { default_filter: targetOf(fallback) } : {}),
  };
  return {
    sid: sidFor("WW", name),
    friendlyName: name,
    configuration: JSON.stringify({ task_routing: routing }),
    taskReservationTimeout: reservationTimeout,
    assignmentCallbackUrl: null,
    fallbackAssignmentCallbackUrl: null,
    ...dates,
  };
}

function workerRow(
  { name, fullName, roles, activity, skills, attributes, capacity }: AgentSeed,
  dates: Dates,
): WorkerRow {
  return {
    sid: sidFor("WK", name),
    friendlyName: name,
    attributes: JSON.stringify({
      full_name: fullName ?? name,
      roles,
      contact_uri: `client:${name}`,
      ...(skills ? { routing: { skills, levels: {} } } : {}),
      ...attributes,
    }),
    activitySid: sidFor("WA", activity),
    capacity: {
      ...Object.fromEntries(TASK_CHANNELS.map((channel) => [channel.uniqueName, channel.capacity])),
      ...capacity,
    },
    unavailableChannels: [],
    idleSince: dates.createdAt,
    channelIdleSince: {},
    activityChangedAt: dates.createdAt,
    revision: 0,
    ...dates,
  };
}

function bySid<Row extends { sid: string }>(rows: Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.sid, row]));
}
