import type { Deadline } from "./deadline";
import { TransferError, TwilioRefusal, TwilioUnclear } from "./errors";
import { pause, twilioError } from "./twilio-client";

const TRIES = 3;

/** For what may be done twice: tried again after failures that pass, while there is time. */
export async function tryAgain<Result>(deadline: Deadline, work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= TRIES || !mayPass(error) || !(await pause(attempt, deadline))) throw error;
    }
  }
}

function mayPass(cause: unknown): boolean {
  const error = twilioError(cause);
  if (error instanceof TwilioRefusal) return error.twilioStatus === 429;
  return error instanceof TwilioUnclear || error instanceof TransferError;
}
