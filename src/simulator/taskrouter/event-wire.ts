import type { World } from "../world";
import type { EventRow } from "./rows";
import { date } from "./wire";

/** The JSON of an Event: https://www.twilio.com/docs/taskrouter/api/event. Its data are the fields of the callback. */
export function eventWire({ taskrouter, account }: World) {
  const workspaceUrl = `https://taskrouter.twilio.com/v1/Workspaces/${taskrouter.workspace.sid}`;

  function resourceUrl({ resourceType, resourceSid, fields }: EventRow): string {
    if (resourceType === "workspace") return workspaceUrl;
    if (resourceType === "reservation") return `${workspaceUrl}/Tasks/${fields.TaskSid}/Reservations/${resourceSid}`;
    return `${workspaceUrl}/${PATHS[resourceType]}/${resourceSid}`;
  }

  return (row: EventRow) => ({
    account_sid: account.sid,
    workspace_sid: taskrouter.workspace.sid,
    sid: row.sid,
    // Who caused it is not followed: the workspace, as in Twilio's sample.
    actor_sid: taskrouter.workspace.sid,
    actor_type: "workspace",
    actor_url: workspaceUrl,
    description: row.description,
    event_data: {
      ...Object.fromEntries(Object.entries(row.fields).map(([name, value]) => [snakeCase(name), value])),
      workspace_sid: taskrouter.workspace.sid,
      workspace_name: taskrouter.workspace.friendlyName,
    },
    event_date: date(row.at),
    event_date_ms: row.at.getTime(),
    event_type: row.type,
    resource_sid: row.resourceSid,
    resource_type: row.resourceType,
    resource_url: resourceUrl(row),
    source: "twilio",
    source_ip_address: null,
    url: `${workspaceUrl}/Events/${row.sid}`,
  });
}

const PATHS: Record<string, string> = {
  task: "Tasks",
  worker: "Workers",
  activity: "Activities",
  taskchannel: "TaskChannels",
  taskqueue: "TaskQueues",
  workflow: "Workflows",
};

const snakeCase = (name: string) => name.replace(/(?!^)[A-Z]/g, "_$&").toLowerCase();
