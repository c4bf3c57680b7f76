import type { World } from "../world";
import { isFromCustomer } from "./customers";
import type { InteractionStore, NewRouting } from "./interactions";
import type { ChannelRow, InviteRow } from "./rows";
import { logChannel } from "./set-up-channel";

/**
 * A customer who writes into a channel that its agent left, or paused, gets a new Task on it from Flex itself, for any
 * agent: https://www.twilio.com/docs/flex/admin-guide/setup/conversations/leave-and-pause-for-conversations. That the
 * Task takes Workflow and attributes of the one before, and that a paused channel is revived likewise, is unverified.
 */
export function reviveLeftChannels(
  world: World,
  store: InteractionStore,
  invite: (channel: ChannelRow, routing: NewRouting) => InviteRow,
): void {
  world.bus.on("message.added", (message) => {
    if (!world.switches.flexRevivesLeftChannel || !isFromCustomer(world, message)) return;
    for (const channel of store.channels.values()) {
      if (channel.conversationSid !== message.conversationSid || !isLeft(channel)) continue;
      world.work.later(() => {
        // Of several messages at once, one does it; and somebody else may have, or closed it.
        if (!isLeft(channel)) return;
        resume(world, channel);
        invite(channel, earlierRouting(store, channel));
      });
    }
  });
}

export function isLeft({ status }: ChannelRow): boolean {
  return status === "inactive" || status === "pause";
}

export function resume(world: World, channel: ChannelRow): void {
  channel.status = "active";
  channel.leftAt = null;
  logChannel(world, channel);
}

/** The last Invite's, but for whom it was aimed at; the Workflow of the last that had one. */
function earlierRouting(store: InteractionStore, channel: ChannelRow): NewRouting {
  const routings = [...store.invites.values()].filter(({ channelSid }) => channelSid === channel.sid);
  const { taskChannel, priority, timeout, attributes } = routings.at(-1)?.routing ?? {};
  const workflowSid = routings.findLast(({ routing }) => routing.workflowSid)?.routing.workflowSid;
  return { workflowSid, taskChannel, priority, timeout, attributes };
}
