import type { World } from "../world";
import { tell } from "./events";
import type { ChannelRow, ChannelStatus } from "./rows";
import { deleteChannel, type InteractionStore } from "./store";

const A_DAY = 24 * 60 * 60_000;

/**
 * So long after the channel's own last change, whatever its status and whatever happens in the Conversation:
 * https://www.twilio.com/docs/flex/developer/conversations/park-an-interaction
 */
const KEPT_MS = 180 * A_DAY;

/** Moves a channel, and says so. */
export function setStatus(world: World, channel: ChannelRow, status: ChannelStatus): void {
  channel.status = status;
  touch(world, channel);
  logChannel(world, channel);
  if (status !== "failed") tell(world, "onChannelStatusUpdated", channel);
}

/** Counts as a change of the channel: its life begins anew. */
export function touch(world: World, channel: ChannelRow): void {
  channel.updatedAt = world.clock.now();
}

const ALL = "all channels";

/** One alarm for all channels: it rings when the oldest may be over. */
export function expireChannels(world: World, store: InteractionStore): { arm(): void } {
  const alarm = world.alarms.bell("channel sweep", sweep);

  function arm() {
    if (alarm.isSet(ALL) || store.channels.size === 0) return;
    let oldest = Number.POSITIVE_INFINITY;
    for (const { updatedAt } of store.channels.values()) oldest = Math.min(oldest, updatedAt.getTime());
    alarm.set(ALL, oldest + KEPT_MS);
  }

  function sweep() {
    const due = world.clock.ms() - KEPT_MS;
    for (const channel of [...store.channels.values()]) {
      if (channel.updatedAt.getTime() > due) continue;
      deleteChannel(store, channel);
      world.log.add({
        kind: "interaction",
        name: "channel deleted after 180 days",
        interactionSid: channel.interactionSid,
        conversationSid: channel.conversationSid,
      });
    }
    arm();
  }

  return { arm };
}

function logChannel(world: World, channel: ChannelRow): void {
  world.log.add({
    kind: "interaction",
    name: `channel ${channel.status}`,
    interactionSid: channel.interactionSid,
    conversationSid: channel.conversationSid,
    data: { channelSid: channel.sid, ...(channel.errorMessage ? { error: channel.errorMessage } : {}) },
  });
}
