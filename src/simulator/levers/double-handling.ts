import type { ConversationView } from "./conversation-view";
import type { Verdict } from "./who-is-responsible";

/** Two agents for one customer: two live interaction channels, or two Tasks that nobody handed over. */
export function doubleVerdict({ liveChannels, openTasks, world }: ConversationView): Verdict | undefined {
  if (liveChannels.length > 1) {
    return { who: "double", detail: `live channels ${liveChannels.map(({ sid }) => sid).join(", ")}` };
  }
  // Who wraps up has no customer any more.
  const unfinished = openTasks.filter(({ task }) => task.status !== "wrapping");
  const [first, second, ...more] = unfinished.map(({ task }) => task);
  if (!second) return undefined;
  const handsOver =
    first?.status === "assigned" &&
    second.status !== "assigned" &&
    more.length === 0 &&
    world.taskrouter
      .reservationsOf(first.sid)
      .some(({ acceptedAt }) => acceptedAt !== undefined && acceptedAt < second.createdAt);
  if (handsOver) return undefined;
  return { who: "double", detail: `open Tasks ${unfinished.map(({ task }) => task.sid).join(", ")}` };
}
