import { rewindWatchdog } from "../route-again";
import { route } from "../watch-over";
import type { Case } from "./check";

/** Puts the customer before the agents, with the watchdog wound up first. Whoever routes ends a running Execution. */
export const takeOver =
  ({ desk, conversation: { sid }, known }: Case) =>
  async (): Promise<void> => {
    await rewindWatchdog(desk, sid, known.document.routing);
    await route(desk, sid, known, `sweep.${sid}`);
  };
