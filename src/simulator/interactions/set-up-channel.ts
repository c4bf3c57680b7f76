import type { World } from "../world";
import type { InteractionStore } from "./interactions";
import type { ChannelRow } from "./rows";

/**
 * What happens after a create was accepted. A failure shows only here: on the channel and by the Task's cancellation
 * (https://www.twilio.com/docs/flex/developer/conversations/best-practices).
 */
export function setUpChannel(world: World, store: InteractionStore, channel: ChannelRow): void {
  const conversation = world.conversations.conversations.get(channel.conversationSid);
  if (!conversation || conversation.state === "closed") {
    fail(world, store, channel, 45354, "The Conversation is closed");
    return;
  }
  for (const participant of world.conversations.participants(conversation.sid)) {
    const sid = world.newSid("UT");
    store.participants.set(sid, {
      sid,
      interactionSid: channel.interactionSid,
      channelSid: channel.sid,
      type: "customer",
      participantSid: participant.sid,
      identity: participant.identity,
      routing: null,
      left: false,
    });
  }
  if (channel.status === "setup") channel.status = "active";
  logChannel(world, channel);
}

function fail(world: World, store: InteractionStore, channel: ChannelRow, code: number, message: string): void {
  channel.status = "failed";
  channel.errorCode = code;
  channel.errorMessage = message;
  logChannel(world, channel);
  for (const { taskSid, channelSid } of store.invites.values()) {
    if (channelSid === channel.sid) world.taskrouter.cancelTask(taskSid, message);
  }
}

export function logChannel(world: World, channel: ChannelRow): void {
  world.log.add({
    kind: "interaction",
    name: `channel ${channel.status}`,
    interactionSid: channel.interactionSid,
    conversationSid: channel.conversationSid,
    data: { channelSid: channel.sid, ...(channel.errorMessage ? { error: channel.errorMessage } : {}) },
  });
}
