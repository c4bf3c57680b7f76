import { agents } from "../seeds";
import { sidFor } from "../sids";
import { parseExpression } from "./parse-expression";
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

/** The workspace a new Flex account has, and this account's agents in it. */
export function seedTables(now: Date): Tables {
  const dates = { createdAt: now, updatedAt: now };
  const everyone = sidFor("WQ", "Everyone");
  const anyone = sidFor("WW", "Assign to Anyone");
  const offline = sidFor("WA", "Offline");
  const configuration = JSON.stringify({ task_routing: { filters: [], default_filter: { queue: everyone } } });
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
    queues: bySid([
      {
        sid: everyone,
        friendlyName: "Everyone",
        targetWorkers: "1==1",
        maxReservedWorkers: 1,
        taskOrder: "FIFO",
        ...dates,
      },
    ]),
    workflows: bySid([
      {
        sid: anyone,
        friendlyName: "Assign to Anyone",
        configuration,
        taskReservationTimeout: 120,
        assignmentCallbackUrl: null,
        fallbackAssignmentCallbackUrl: null,
        ...dates,
      },
    ]),
    workers: bySid(
      agents.map(({ name, fullName, roles, activity }) => ({
        sid: sidFor("WK", name),
        friendlyName: name,
        attributes: JSON.stringify({ full_name: fullName, roles, contact_uri: `client:${name}` }),
        activitySid: sidFor("WA", activity),
        capacity: Object.fromEntries(TASK_CHANNELS.map(({ uniqueName, capacity }) => [uniqueName, capacity])),
        idleSince: now,
        activityChangedAt: now,
        ...dates,
      })),
    ),
    tasks: new Map(),
    reservations: new Map(),
    rules: new Map([[anyone, readWorkflowRules(configuration, (sid) => sid === everyone)]]),
    targetWorkers: new Map([[everyone, parseExpression("1==1")]]),
  };
}

function bySid<Row extends { sid: string }>(rows: Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.sid, row]));
}
