import { bindingOf } from "../conversations/participants";
import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { InteractionStore, NewCustomer } from "./interactions";
import type { ChannelRow } from "./rows";

/**
 * What happens after a create was accepted. A failure shows only here: on the channel and by the Task's cancellation
 * (https://www.twilio.com/docs/flex/developer/conversations/best-practices).
 */
export function setUpChannel(
  world: World,
  store: InteractionStore,
  channel: ChannelRow,
  customers: readonly NewCustomer[],
): void {
  if (channel.status !== "setup") return;
  const conversation = world.conversations.conversations.get(channel.conversationSid);
  if (!conversation || conversation.state === "closed") {
    fail(world, store, channel, 45354, "The Conversation is closed");
    return;
  }
  const refusal = addCustomers(world, conversation.sid, customers);
  if (refusal) {
    fail(world, store, channel, 45361, `Failed to add Participant: ${refusal.message}`);
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
  channel.status = "active";
  logChannel(world, channel);
}

/** Answers why a customer could not be added, such as 50416: another Conversation, which the message names, has the pair. */
function addCustomers(world: World, conversationSid: string, customers: readonly NewCustomer[]): ApiError | undefined {
  try {
    for (const { address, proxyAddress, identity } of customers) {
      const binding = address ? bindingOf(address, proxyAddress ?? "") : undefined;
      world.conversations.addParticipant(conversationSid, { identity, binding, source: "API", webhooks: true });
    }
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

function fail(world: World, store: InteractionStore, channel: ChannelRow, code: number, message: string): void {
  channel.status = "failed";
  channel.errorCode = code;
  channel.errorMessage = message;
  logChannel(world, channel);
  for (const { taskSid, channelSid } of store.invites.values()) {
    if (channelSid === channel.sid && isOpen(world, taskSid)) world.taskrouter.cancelTask(taskSid, message);
  }
}

export function isOpen(world: World, taskSid: string): boolean {
  const task = world.taskrouter.tasks.get(taskSid);
  return task !== undefined && task.status !== "completed" && task.status !== "canceled";
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
