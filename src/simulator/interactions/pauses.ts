import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { type Invites, isLeft, resume } from "./invites";
import { earlierRouting } from "./routing";
import type { ChannelRow } from "./rows";
import { find, type InteractionStore } from "./store";

/** https://www.twilio.com/docs/flex/admin-guide/setup/email/configure-the-leave-option-for-email-tasks: then it is routed anew. */
const LONGEST_PAUSE_MS = 14 * 24 * 60 * 60_000;

export interface Pauses {
  /** Its agent gets a new Task, accepted without being asked; as Flex's client does, in no document. */
  resume(channelSid: string): ChannelRow;
}

export function createPauses(world: World, store: InteractionStore, invites: Invites): Pauses {
  const end = world.alarms.bell("longest pause", (channelSid) => {
    const channel = store.channels.get(channelSid);
    if (channel?.status !== "pause") return;
    resume(world, channel);
    invites.make(channel, earlierRouting(store, channel.sid));
  });
  world.bus.on("interaction.event", ({ type, channel }) => {
    if (type !== "onChannelStatusUpdated") return;
    if (channel.status === "pause") end.set(channel.sid, world.clock.ms() + LONGEST_PAUSE_MS);
    else end.cancel(channel.sid);
  });
  return {
    resume(channelSid) {
      const channel = find(store.channels, channelSid, "Interaction channel");
      if (!isLeft(channel)) throw new ApiError(400, 45770, `The channel is ${channel.status}: nothing to resume`);
      const workerSid = channel.leftBy ?? undefined;
      resume(world, channel);
      invites.make(channel, { ...earlierRouting(store, channelSid), workerSid }, true);
      return channel;
    },
  };
}
