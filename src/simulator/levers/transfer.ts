import { ApiError } from "../server/api-error";
import type { TaskRow } from "../taskrouter/rows";
import type { World } from "../world";

/**
 * The Transfer button: an Invite to a colleague or a queue, then the agent's own part ends
 * (https://www.twilio.com/docs/flex/admin-guide/setup/conversations/messaging-transfers). A colleague who is away, or
 * rejects it, leaves it to the next agent of the Workflow; that attributes are copied is unverified.
 */
export function transfer(world: World, task: TaskRow, channelSid: string, to: string): TaskRow {
  const { taskrouter, interactions } = world;
  const invite = interactions.invite(channelSid, {
    workspaceSid: taskrouter.workspace.sid,
    ...targetOf(world, task, to),
    taskChannel: task.taskChannelSid,
    priority: task.priority,
    timeout: task.timeout,
    attributes: JSON.parse(task.attributes) as Record<string, unknown>,
  });
  endPart(world, task);
  return taskrouter.task(invite.taskSid);
}

/** Ends an agent's part of a channel that goes on. */
export function endPart({ interactions }: World, task: TaskRow): void {
  const own = [...interactions.participants.values()].find(
    ({ routing, left }) => !left && routing?.taskSid === task.sid,
  );
  if (!own) throw new ApiError(409, 20409, `No agent is in the channel of ${task.sid}`);
  interactions.updateParticipant(own.sid, "closed");
}

function targetOf({ taskrouter }: World, task: TaskRow, to: string) {
  const queue = [...taskrouter.queues.values()].find(({ sid, friendlyName }) => sid === to || friendlyName === to);
  if (queue) return { queueSid: queue.sid };
  const worker = [...taskrouter.workers.values()].find(({ sid, friendlyName }) => sid === to || friendlyName === to);
  if (!worker) throw new ApiError(404, 20404, `There is no queue or worker ${to}`);
  const workflowSid = task.workflowSid ?? [...taskrouter.workflows.keys()][0];
  const isAvailable = taskrouter.activities.get(worker.activitySid)?.available;
  return isAvailable ? { workflowSid, workerSid: worker.sid, onward: true } : { workflowSid };
}
