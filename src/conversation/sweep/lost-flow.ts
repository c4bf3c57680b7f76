import { STUCK_MINUTES } from "../../config/patience";
import { findExecution, longestWait, newestStepAt } from "../../twilio/studio";
import { type Case, type Check, isSettled } from "./check";
import { takeOver } from "./take-over";

/** A Flow has the customer, as the Document says: it runs, or its timer does; and no widget waits for ever. */
export const lostFlow: Check = async (one) => {
  const { desk, conversation, known } = one;
  const { state, flowSid, executionSid } = known.document;
  if (state !== "flow") return undefined;
  const execution = flowSid && executionSid ? await findExecution(desk.twilio, flowSid, executionSid) : undefined;
  if (!execution?.isActive) {
    const isWatched = conversation.inactiveAt !== undefined;
    return isWatched || !isSettled(desk, execution?.updatedAt)
      ? undefined
      : { problem: "flow-over", action: "route", repair: takeOver(one) };
  }
  if (!flowSid || !executionSid || !isSilentFor(one, execution.updatedAt, STUCK_MINUTES)) return undefined;
  const [stepAt, seconds] = await Promise.all([
    newestStepAt(desk.twilio, flowSid, executionSid),
    longestWait(desk.twilio, flowSid),
  ]);
  const isStuck =
    seconds !== undefined && isSilentFor(one, stepAt ?? execution.updatedAt, seconds / 60 + STUCK_MINUTES);
  return isStuck ? { problem: "flow-stuck", action: "end-flow-and-route", repair: takeOver(one) } : undefined;
};

const isSilentFor = ({ desk }: Case, since: Date, minutes: number) =>
  desk.now().getTime() - since.getTime() > minutes * 60_000;
