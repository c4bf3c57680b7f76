import { EVERYONE } from "../seeding/read-seeds";
import type { AgentSeed, QueueSeed, Seeds, WorkflowSeed } from "../seeding/seeds-schema";
import { agents } from "../seeds";
import { sidFor } from "../sids";
import { parseExpression } from "./parse-expression";
import type { TaskQueueRow, WorkerRow, WorkflowRow } from "./rows";
import type { Tables } from "./tables";
import { readWorkflowRules } from "./workflow-rules";

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
export function seedTables(now: Date, seeds: Pick<Seeds, "agents" | "queues" | "workflows"> = {}): Tables {
  const dates = { createdAt: now, updatedAt: now };
  const offline = sidFor("WA", "Offline");
  const given = seeds.queues ?? [];
  const queues = [...QUEUES.filter(({ name }) => !given.some((queue) => queue.name === name)), ...given].map((queue) =>
    queueRow(queue, dates),
  );
  const workflows = (seeds.workflows ?? WORKFLOWS).map((workflow) => workflowRow(workflow, dates));
  const hasQueue = (sid: string) => queues.some((queue) => queue.sid === sid);
  return {
    workspace: {
      sid: sidFor("WS", "Flex Task Assignment"),
      friendlyName: "Flex Task Assignment",
      eventCallbackUrl: null,
      eventsFilter: null,
      defaultActivitySid: offline,
      timeoutActivitySid: offline,
      ...dates,
    },
    activities: bySid(ACTIVITIES.map((row) => ({ sid: sidFor("WA", row.friendlyName), ...row, ...dates }))),
    taskChannels: bySid(
      TASK_CHANNELS.map(({ uniqueName, friendlyName }) => ({
        sid: sidFor("TC", uniqueName),
        uniqueName,
        friendlyName,
        ...dates,
      })),
    ),
    queues: bySid(queues),
    workflows: bySid(workflows),
    workers: bySid((seeds.agents ?? agents).map((agent) => workerRow(agent, dates))),
    tasks: new Map(),
    reservations: new Map(),
    rules: new Map(workflows.map(({ sid, configuration }) => [sid, readWorkflowRules(configuration, hasQueue)])),
    targetWorkers: new Map(
      queues.map(({ sid, targetWorkers }) => [
        sid,
        targetWorkers.trim() === "" ? null : parseExpression(targetWorkers),
      ]),
    ),
  };
}

function queueRow({ name, targetWorkers }: QueueSeed, dates: Dates): TaskQueueRow {
  return {
    sid: sidFor("WQ", name),
    friendlyName: name,
    targetWorkers,
    maxReservedWorkers: 1,
    taskOrder: "FIFO",
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
    idleSince: dates.createdAt,
    activityChangedAt: dates.createdAt,
    ...dates,
  };
}

function bySid<Row extends { sid: string }>(rows: Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.sid, row]));
}
