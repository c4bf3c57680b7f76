import { setTimeout as sleep } from "node:timers/promises";
import type { ApiError } from "../server/api-error";
import { errorOf, type Fault } from "./fault";

/** How faults show where they strike. */
export interface Symptoms<Answer> {
  refusal(error: ApiError, headers: Record<string, string>): Answer;
  /** The connection ends without an answer. */
  reset(): Answer;
  /** The answer, gone bad on its way. */
  malformed(answer: Answer): Answer;
  /** Kills the process concerned. */
  crash(): Answer | Promise<Answer>;
}

/** Does the deed as the fault has it: not at all, or in full, and then tells what the caller gets to see. */
export async function suffer<Answer>(
  fault: Fault | undefined,
  deed: () => Answer | Promise<Answer>,
  symptoms: Symptoms<Answer>,
): Promise<Answer> {
  if (fault?.kind === "refused") return symptoms.refusal(errorOf(fault), retryAfter(fault));
  if (fault?.kind === "reset before") return symptoms.reset();
  if (fault?.kind === "crash before") return symptoms.crash();
  if (fault?.kind === "twice") await deed();
  if (fault?.kind === "late") await sleep(fault.ms);
  const answer = await deed();
  switch (fault?.kind) {
    case undefined:
    case "twice":
    case "late":
      return answer;
    case "reset after":
      return symptoms.reset();
    case "crash after":
      return symptoms.crash();
    case "error after":
      return symptoms.refusal(errorOf(fault), {});
    case "malformed":
      return symptoms.malformed(answer);
    case "slow":
      await sleep(fault.ms);
      return answer;
  }
}

function retryAfter({ retryAfter: seconds }: { retryAfter?: number }): Record<string, string> {
  return seconds === undefined ? {} : { "retry-after": String(seconds) };
}
