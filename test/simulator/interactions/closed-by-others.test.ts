import { useInteractions } from "./use-interactions";

const flex = useInteractions();
const READINGS = [
  [true, "active", ["assigned"]],
  [false, "closed", ["wrapping"]],
] as const;

describe.each([
  ["a timer", () => flex.simulator.advance(16 * 60)],
  ["REST", (sid: string) => flex.conversations.conversations(sid).update({ state: "closed" })],
])("a Conversation that %s closes", (_, close) => {
  it.each(READINGS)("leaves its channel where that outlives it: %s", async (outlives, channelStatus, taskStatuses) => {
    flex.world.positions.channelOutlivesConversation = outlives;
    const sid = await flex.conversation();
    await flex.conversations
      .conversations(sid)
      .update({ state: "active", "timers.inactive": "PT5M", "timers.closed": "PT10M" });
    const chat = await flex.accepted(sid);
    await close(sid);
    await flex.simulator.settled();
    expect(flex.stateOf(sid)).toBe("closed");
    expect(flex.channel(chat.channelSid)?.status).toBe(channelStatus);
    expect(flex.openTasks().map(({ status }) => status)).toEqual(taskStatuses);
    flex.world.positions.channelOutlivesConversation = true;
  });
});
