import type { World } from "../world";
import type { Endings } from "./end-interactions";
import type { ChannelRow } from "./rows";
import { channelsOf, type InteractionStore } from "./store";

/** A Conversation closed by somebody else than Flex: whether its channels end with it, as after their agent's, is a switch. */
export function endWithConversations(world: World, store: InteractionStore, { updateChannel }: Endings): void {
  const isOpen = ({ status }: ChannelRow) => status !== "closed" && status !== "failed";

  world.bus.on("conversation.closed", (conversationSid) => {
    const open = channelsOf(store, conversationSid).filter(isOpen);
    if (open.length === 0 || world.switches.channelOutlivesConversation) return;
    for (const channel of open) {
      world.work.later(() => {
        if (isOpen(channel)) updateChannel(channel.sid, "closed");
      });
    }
  });
}
