import { rewindWatchdog } from "../route-again";
import type { State } from "../state";
import { type Check, isSettled } from "./check";

/** Where the inactive timer is the clock that finds out when nobody has the customer. */
const WATCHED: readonly State[] = ["flow", "routing", "open"];

/** Its timer was never set, or has rung without anybody winding it up again. */
export const noWatchdog: Check = ({ desk, conversation, known: { document } }) => {
  const isRunning = conversation.state === "active" && conversation.inactiveAt !== undefined;
  if (isRunning || !WATCHED.includes(document.state) || !isSettled(desk, conversation.updatedAt)) return undefined;
  const repair = () => rewindWatchdog(desk, conversation.sid, document.routing);
  return { problem: "no-watchdog", action: "wind-up", repair };
};
