import { ApiError } from "../server/api-error";
import type { TaskRow } from "../taskrouter/rows";
import type { World } from "../world";
import { setStatus, touch } from "./channel-life";
import { tellOf } from "./events";
import { hasOpenTask, requireOpen } from "./invites";
import { removeMember } from "./members";
import type { ChannelParticipantRow, ChannelRow } from "./rows";
import { channelOfTask, find, type InteractionStore, invitesOf, participantsOf } from "./store";

export interface Endings {
  updateChannel(
    channelSid: string,
    status: "closed" | "inactive" | "pause",
    /** Without it the Tasks of a closed channel wrap up: https://www.twilio.com/docs/flex/developer/conversations/interactions-api/channels-subresource */
    routingStatus?: "closed" | "wrapup",
  ): void;
  updateParticipant(participantSid: string, status: "closed" | "wrapup"): void;
}

/** How channels, members and Conversations end: by REST, and by what happens to the Tasks. */
export function endInteractions(world: World, store: InteractionStore): Endings {
  world.bus.on("task.updated", (task, event) => {
    const channel = channelOfTask(store, task.sid);
    if (!channel) return;
    if (event === "task.wrapup" || event === "task.completed" || event === "task.canceled") {
      dismissAgents(world, store, channel, task);
    }
    if (event !== "task.completed") return;
    if (channel.status === "closed" && !hasOpenTask(world, store, channel)) closeConversation(world, channel);
  });
  return {
    updateChannel(channelSid, status, routingStatus = "wrapup") {
      const channel = find(store.channels, channelSid, "Interaction channel");
      requireOpen(channel, "cannot change");
      if (status === "closed") channel.closedAt = world.clock.now();
      else leave(world, store, channel, status);
      setStatus(world, channel, status);
      endTasks(world, store, channel, status === "closed" ? routingStatus : "closed");
      if (status !== "closed") return;
      const isOver = !hasOpenTask(world, store, channel) || world.switches.flexClosesConversationAt === "wrapup";
      if (isOver) closeConversation(world, channel);
    },
    updateParticipant(participantSid, status) {
      const row = find(store.participants, participantSid, "Interaction channel participant");
      const channel = find(store.channels, row.channelSid, "Interaction channel");
      endPart(world, store, channel, row, status);
      touch(world, channel);
    },
  };
}

/** Only an agent's work can be paused; that Twilio holds to this is unverified. */
function leave(world: World, store: InteractionStore, channel: ChannelRow, status: "inactive" | "pause"): void {
  const agent = participantsOf(store, channel.sid).findLast(({ type, left }) => type === "agent" && !left);
  if (status === "pause" && !agent) throw new ApiError(400, 45770, "No agent is at work on the channel");
  channel.leftAt = world.clock.now();
  channel.leftBy = agent?.routing?.workerSid ?? channel.leftBy;
}

function endTasks(world: World, store: InteractionStore, channel: ChannelRow, to: "closed" | "wrapup"): void {
  for (const { taskSid } of invitesOf(store, channel.sid)) {
    const task = world.taskrouter.tasks.get(taskSid);
    if (!task) continue;
    if (task.status === "pending" || task.status === "reserved") world.taskrouter.cancelTask(taskSid, "Channel closed");
    else if (task.status === "assigned" && to === "wrapup") world.taskrouter.wrapTask(taskSid, "Channel closed");
    else if (task.status === "assigned" || (task.status === "wrapping" && to === "closed")) {
      world.taskrouter.completeTask(taskSid, "Channel closed");
    }
  }
}

function endPart(
  world: World,
  store: InteractionStore,
  channel: ChannelRow,
  row: ChannelParticipantRow,
  status: "closed" | "wrapup",
): void {
  if (row.type === "supervisor" && status === "closed" && !row.left) {
    removeMember(world, store, channel, row);
    return;
  }
  const task = row.routing && world.taskrouter.tasks.get(row.routing.taskSid);
  if (!task || !["assigned", "wrapping"].includes(task.status)) {
    throw new ApiError(400, 45770, "The participant has no open Task on this channel");
  }
  if (status === "wrapup") world.taskrouter.wrapTask(task.sid, "Participant left");
  else world.taskrouter.completeTask(task.sid, "Participant left");
  tellOf(world, "onParticipantUpdated", channel, row);
}

/** Takes the agents a Task brought in out of the Conversation again; that they leave as wrap-up begins is unverified. */
function dismissAgents(world: World, store: InteractionStore, channel: ChannelRow, task: TaskRow): void {
  for (const row of participantsOf(store, channel.sid)) {
    if (row.routing?.taskSid === task.sid && !row.left) removeMember(world, store, channel, row);
  }
}

/** Flex closes the Conversation by itself, some time after the channel. */
function closeConversation(world: World, channel: ChannelRow): void {
  world.work.later(() => {
    if (!world.conversations.conversations.has(channel.conversationSid)) return;
    const silent = !world.switches.flexCloseSendsStateEvent;
    world.conversations.setState(channel.conversationSid, "closed", "API", !silent);
  });
}
