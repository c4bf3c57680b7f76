import type { ChannelParticipantRow } from "../interactions/rows";
import { ApiError } from "../server/api-error";
import type { TaskRow } from "../taskrouter/rows";
import type { World } from "../world";

/** The Transfer button: a cold transfer to a colleague or a queue, by name or SID. Answers the Task that carries it. */
export function transfer(world: World, task: TaskRow, channelSid: string, to: string): TaskRow {
  const from = ownPart(world, task, channelSid).sid;
  const { taskSid } = world.interactions.transfer(channelSid, { type: "cold", from, to: targetOf(world, to) });
  return world.taskrouter.task(taskSid);
}

/** Ends an agent's part of a channel that goes on. */
export function endPart(world: World, task: TaskRow, channelSid: string): void {
  world.interactions.updateParticipant(ownPart(world, task, channelSid).sid, "closed");
}

function ownPart({ interactions }: World, task: TaskRow, channelSid: string): ChannelParticipantRow {
  const own = interactions
    .participantsOf(channelSid)
    .find(({ routing, left }) => !left && routing?.taskSid === task.sid);
  if (!own) throw new ApiError(409, 20409, `No agent is in the channel of ${task.sid}`);
  return own;
}

function targetOf({ taskrouter }: World, to: string): string {
  const found = [...taskrouter.queues.values(), ...taskrouter.workers.values()].find(
    ({ sid, friendlyName }) => sid === to || friendlyName === to,
  );
  if (!found) throw new ApiError(404, 20404, `There is no queue or worker ${to}`);
  return found.sid;
}
