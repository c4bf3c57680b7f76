import { STUCK_MINUTES } from "../../config/patience";
import { findExecution, longestWait, newestStepAt } from "../../twilio/studio";
import { rewindWatchdog } from "../route-again";
import { route } from "../watch-over";
import { type Case, type Check, type Finding, isSettled } from "./check";

/** A Flow has the customer, as the Document says: it runs, or its timer does; and no widget waits for ever. */
export const lostFlow: Check = async (one) => {
  const { desk, conversation, known } = one;
  const { state, flowSid, executionSid } = known.document;
  if (state !== "flow") return undefined;
  const execution = flowSid && executionSid ? await findExecution(desk.twilio, flowSid, executionSid) : undefined;
  if (!execution?.isActive) {
    const isWatched = conversation.inactiveAt !== undefined;
    return isWatched || !isSettled(desk, execution?.updatedAt) ? undefined : takeOver(one, "flow-over", "route");
  }
  if (!flowSid || !executionSid || !isSilentFor(one, execution.updatedAt, STUCK_MINUTES)) return undefined;
  const [stepAt, seconds] = await Promise.all([
    newestStepAt(desk.twilio, flowSid, executionSid),
    longestWait(desk.twilio, flowSid),
  ]);
  const isStuck =
    seconds !== undefined && isSilentFor(one, stepAt ?? execution.updatedAt, seconds / 60 + STUCK_MINUTES);
  return isStuck ? takeOver(one, "flow-stuck", "end-flow-and-route") : undefined;
};

const isSilentFor = ({ desk }: Case, since: Date, minutes: number) =>
  desk.now().getTime() - since.getTime() > minutes * 60_000;

/** Whoever routes ends the Execution. */
function takeOver({ desk, conversation: { sid }, known }: Case, problem: string, action: string): Finding {
  const repair = async () => {
    await rewindWatchdog(desk, sid, known.document.routing);
    await route(desk, sid, known, `sweep.${sid}`);
  };
  return { problem, action, repair };
}
