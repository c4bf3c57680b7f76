import type { World } from "../world";
import { isFromCustomer } from "./customers";
import { type Invites, isLeft, resume } from "./invites";
import { earlierRouting } from "./routing";
import type { ChannelRow } from "./rows";
import { channelsOf, type InteractionStore } from "./store";

/** So long a customer can revive a channel that was left. */
const REVIVABLE_MS = 90 * 24 * 60 * 60_000;

/**
 * A customer who writes into a channel that its agent left, or paused, gets a new Task on it from Flex itself, for any
 * agent: https://www.twilio.com/docs/flex/admin-guide/setup/conversations/leave-and-pause-for-conversations. That the
 * Task takes Workflow and attributes of the one before, and that a paused channel is revived likewise, is unverified.
 */
export function reviveLeftChannels(world: World, store: InteractionStore, invites: Invites): void {
  const isRevivable = (channel: ChannelRow) =>
    isLeft(channel) && world.clock.ms() - Number(channel.leftAt) < REVIVABLE_MS;

  world.bus.on("message.added", (message) => {
    const left = channelsOf(store, message.conversationSid).filter(isRevivable);
    if (left.length === 0 || !isFromCustomer(world, message) || !world.switches.flexRevivesLeftChannel) return;
    for (const channel of left) {
      world.work.later(() => {
        // Of several messages at once, one does it; and somebody else may have, or closed it.
        if (!isLeft(channel)) return;
        resume(world, channel);
        invites.make(channel, earlierRouting(store, channel.sid));
      });
    }
  });
}
