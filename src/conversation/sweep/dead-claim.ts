import { watchOver } from "../watch-over";
import { type Check, isSettled } from "./check";

/** Whoever took the right to route has died, and nothing came of it. */
export const deadClaim: Check = ({ desk, conversation, known: { document } }) => {
  if (document.state !== "routing") return undefined;
  if (document.until && !isSettled(desk, new Date(document.until))) return undefined;
  return { problem: "dead-claim", action: "route", repair: () => watchOver(desk, conversation.sid) };
};
