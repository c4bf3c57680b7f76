import { ApiError } from "../server/api-error";
import type { TaskRow } from "../taskrouter/rows";
import type { World } from "../world";
import type { InteractionStore, Interactions } from "./interactions";
import { channelOf } from "./join-agents";
import type { ChannelParticipantRow, ChannelRow } from "./rows";
import { isOpen, logChannel } from "./set-up-channel";

/** Flex deletes a completed Task about ten minutes later: https://www.twilio.com/docs/flex/developer/conversations/faq-and-troubleshooting */
const TASK_KEPT_MS = 10 * 60_000;

type Endings = Pick<Interactions, "updateChannel" | "updateParticipant">;

/** How channels, members and Conversations end: by REST, and by what happens to the Tasks. */
export function endInteractions(world: World, store: InteractionStore): Endings {
  world.bus.on("task.updated", (task, event) => {
    const channel = channelOf(store, task);
    if (!channel) return;
    if (event === "task.wrapup" || event === "task.completed" || event === "task.canceled") {
      dismissAgents(world, store, task);
    }
    if (event === "task.completed") afterCompletion(world, store, channel, task);
  });
  return {
    updateChannel(channelSid, status, routingStatus = "wrapup") {
      const channel = store.channels.get(channelSid);
      if (!channel) throw new ApiError(404, 20404, "Interaction channel not found");
      if (["closed", "failed"].includes(channel.status)) {
        throw new ApiError(400, 45770, `The channel is ${channel.status} already`);
      }
      channel.status = status;
      channel[status === "closed" ? "closedAt" : "leftAt"] = world.clock.now();
      logChannel(world, channel);
      endTasks(world, store, channel, status === "inactive" ? "closed" : routingStatus);
      const atOnce = world.switches.flexClosesConversationAt === "wrapup" || !hasOpenTask(world, store, channel);
      if (status === "closed" && atOnce) closeConversation(world, channel);
    },
    updateParticipant(participantSid, status) {
      const row = store.participants.get(participantSid);
      if (!row) throw new ApiError(404, 20404, "Interaction channel participant not found");
      endPart(world, row, status);
    },
  };
}

function endTasks(world: World, store: InteractionStore, channel: ChannelRow, to: "closed" | "wrapup"): void {
  for (const { channelSid, taskSid } of store.invites.values()) {
    const task = world.taskrouter.tasks.get(taskSid);
    if (channelSid !== channel.sid || !task) continue;
    if (task.status === "pending" || task.status === "reserved") world.taskrouter.cancelTask(taskSid, "Channel closed");
    else if (task.status === "assigned" && to === "wrapup") world.taskrouter.wrapTask(taskSid, "Channel closed");
    else if (task.status === "assigned" || (task.status === "wrapping" && to === "closed")) {
      world.taskrouter.completeTask(taskSid, "Channel closed");
    }
  }
}

function endPart(world: World, row: ChannelParticipantRow, status: "closed" | "wrapup"): void {
  const task = row.routing && world.taskrouter.tasks.get(row.routing.taskSid);
  if (!task || !["assigned", "wrapping"].includes(task.status)) {
    throw new ApiError(400, 45770, "The participant has no open Task on this channel");
  }
  if (status === "wrapup") world.taskrouter.wrapTask(task.sid, "Participant left");
  else world.taskrouter.completeTask(task.sid, "Participant left");
}

/** Takes the agents a Task brought in out of the Conversation again. */
function dismissAgents(world: World, store: InteractionStore, task: TaskRow): void {
  for (const row of store.participants.values()) {
    if (row.routing?.taskSid !== task.sid || row.left) continue;
    row.left = true;
    const channel = store.channels.get(row.channelSid);
    const conversation = channel && world.conversations.conversations.get(channel.conversationSid);
    if (!conversation || conversation.state === "closed" || !row.participantSid) continue;
    const present = world.conversations.participants(conversation.sid).some(({ sid }) => sid === row.participantSid);
    if (present) world.conversations.removeParticipant(conversation.sid, row.participantSid);
  }
}

function afterCompletion(world: World, store: InteractionStore, channel: ChannelRow, task: TaskRow): void {
  world.clock.schedule(TASK_KEPT_MS, () => {
    if (world.taskrouter.tasks.has(task.sid)) world.taskrouter.deleteTask(task.sid);
  });
  if (channel.status === "closed" && !hasOpenTask(world, store, channel)) closeConversation(world, channel);
}

function hasOpenTask(world: World, store: InteractionStore, channel: ChannelRow): boolean {
  return [...store.invites.values()].some(
    ({ channelSid, taskSid }) => channelSid === channel.sid && isOpen(world, taskSid),
  );
}

/** Flex closes the Conversation by itself, some time after the channel. */
function closeConversation(world: World, channel: ChannelRow): void {
  world.work.later(() => {
    if (!world.conversations.conversations.has(channel.conversationSid)) return;
    const silent = !world.switches.flexCloseSendsStateEvent;
    world.conversations.setState(channel.conversationSid, "closed", "API", !silent);
  });
}
