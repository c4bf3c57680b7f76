import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { NewRouting } from "./rows";
import { type InteractionStore, invitesOf } from "./store";

/** https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interactions: what `Routing.properties` may name. */
export function refuseRouting(world: World, routing: NewRouting): void {
  const { taskrouter } = world;
  if (routing.workspaceSid !== taskrouter.workspace.sid) {
    throw new ApiError(400, 20001, "Routing.properties.workspace_sid is missing or unknown");
  }
  if (routing.workflowSid && !taskrouter.workflows.has(routing.workflowSid)) {
    throw new ApiError(400, 20001, "Routing.properties.workflow_sid is unknown");
  }
  if (routing.queueSid && !taskrouter.queues.has(routing.queueSid)) {
    throw new ApiError(400, 20001, "Routing.properties.queue_sid is unknown");
  }
  if (routing.workerSid && !taskrouter.workers.has(routing.workerSid)) {
    throw new ApiError(400, 20001, "Routing.properties.worker_sid is unknown");
  }
  const { taskChannel } = routing;
  if (
    taskChannel &&
    ![...taskrouter.taskChannels.values()].some((row) => [row.sid, row.uniqueName].includes(taskChannel))
  ) {
    throw new ApiError(400, 20001, "Routing.properties.task_channel_sid or task_channel_unique_name is unknown");
  }
  const goesSomewhere = routing.workflowSid ?? routing.queueSid ?? routing.workerSid;
  if (!goesSomewhere && taskrouter.workflows.size > 1) {
    throw new ApiError(400, 20001, "Routing.properties.workflow_sid is needed: the workspace has more than one");
  }
}

/** The last Invite's, but for whom it was aimed at; the Workflow of the last that had one. */
export function earlierRouting(store: InteractionStore, channelSid: string): NewRouting {
  const routings = invitesOf(store, channelSid);
  const { workspaceSid, taskChannel, priority, timeout, attributes } = routings.at(-1)?.routing ?? {};
  const workflowSid = routings.findLast(({ routing }) => routing.workflowSid)?.routing.workflowSid;
  return { workspaceSid, workflowSid, taskChannel, priority, timeout, attributes };
}
