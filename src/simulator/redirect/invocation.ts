import { AsyncLocalStorage } from "node:async_hooks";

/**
 * Tells the simulator in which Function call a REST call was made. The prefix is one of those that Functions never see:
 * the runtime takes `i-twilio-*` off the headers it hands over.
 */
export const INVOCATION_HEADER = "i-twilio-invocation";

/** The Function call that the running code belongs to, set by whoever hosts the Function. */
export const currentInvocation = new AsyncLocalStorage<string>();

/** When the call was sent, on the machine's steady clock: calls sent at once may be served one after another. */
export const SENT_HEADER = "i-twilio-sent-at";

/** Milliseconds that every process of this machine counts from the same moment, whatever becomes of the date. */
export function steadyMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** What a call made now, in whatever Function runs, says of itself. */
export function callHeaders(): Record<string, string> {
  const invocation = currentInvocation.getStore();
  return invocation ? { [INVOCATION_HEADER]: invocation, [SENT_HEADER]: String(steadyMs()) } : {};
}
