import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { setStatus } from "./channel-life";
import { isCustomer } from "./customers";
import { tell } from "./events";
import { isOpen } from "./invites";
import { addMember } from "./members";
import { cannotAdd, customerOf, isOfMedium, type NewCustomer } from "./new-customer";
import type { ChannelRow } from "./rows";
import { type InteractionStore, invitesOf } from "./store";

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
  tell(world, "onInteractionCreated", channel);
  const conversation = world.conversations.conversations.get(channel.conversationSid);
  if (!conversation) {
    fail(world, store, channel, 45356, "The Conversation was not found");
    return;
  }
  if (conversation.state === "closed") {
    fail(world, store, channel, 45354, "The Conversation is closed");
    return;
  }
  if (isOfAnotherMedium(world, channel)) {
    fail(world, store, channel, 19025, "Channel validation error");
    return;
  }
  const refusal = addCustomers(world, channel, customers);
  if (refusal) {
    fail(world, store, channel, refusal.code, refusal.message);
    return;
  }
  tell(world, "onChannelCreated", channel);
  for (const participant of world.conversations.participants(conversation.sid)) {
    if (!isCustomer(world, participant)) continue;
    addMember(world, store, channel, {
      type: "customer",
      participantSid: participant.sid,
      identity: participant.identity,
      routing: null,
    });
  }
  setStatus(world, channel, "active");
}

/**
 * The Conversation has customers, and none of the channel's type. 19025 stands in the examples of
 * https://www.twilio.com/docs/flex/developer/conversations/interactions-api/channels-subresource; what it is for is unverified.
 */
function isOfAnotherMedium(world: World, { type, conversationSid }: ChannelRow): boolean {
  const customers = world.conversations.participants(conversationSid).filter((member) => isCustomer(world, member));
  return customers.length > 0 && !customers.some((customer) => isOfMedium(type, customer));
}

/** Answers why a customer could not be added, such as 50416: another Conversation, which the message names, has the pair. */
function addCustomers(world: World, channel: ChannelRow, customers: readonly NewCustomer[]): ApiError | undefined {
  try {
    for (const customer of customers) {
      const wanted = customerOf(channel.type, customer);
      world.conversations.addParticipant(channel.conversationSid, { ...wanted, source: "API", webhooks: true });
    }
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return cannotAdd(error);
    throw error;
  }
}

function fail(world: World, store: InteractionStore, channel: ChannelRow, code: number, message: string): void {
  channel.errorCode = code;
  channel.errorMessage = message;
  setStatus(world, channel, "failed");
  tell(world, "onChannelCreateFailed", channel);
  for (const { taskSid } of invitesOf(store, channel.sid)) {
    if (isOpen(world, taskSid)) world.taskrouter.cancelTask(taskSid, message);
  }
}
