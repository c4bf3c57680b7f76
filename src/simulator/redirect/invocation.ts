import { AsyncLocalStorage } from "node:async_hooks";

/**
 * Tells the simulator in which Function call a REST call was made. The prefix is one of those that Functions never see:
 * the runtime takes `i-twilio-*` off the headers it hands over.
 */
export const INVOCATION_HEADER = "i-twilio-invocation";

/** Which of its Function's calls a call is, from 1 on, in the order in which they were made. */
export const CALL_HEADER = "i-twilio-call";

/** A Function call, and how much of what its code does was counted so far. */
export interface Invocation {
  readonly sid: string;
  /** REST calls. */
  calls: number;
  /** Random numbers drawn. */
  draws: number;
}

const invocations = new AsyncLocalStorage<Invocation>();

/** Runs code as part of a Function call, for whoever hosts the Function. */
export function runInvocation(sid: string, run: () => void): void {
  invocations.run({ sid, calls: 0, draws: 0 }, run);
}

/** The Function call that the running code belongs to. */
export function currentInvocation(): Invocation | undefined {
  return invocations.getStore();
}

/** When the call was sent, on the machine's steady clock: calls sent at once may be served one after another. */
export const SENT_HEADER = "i-twilio-sent-at";

/** Milliseconds that every process of this machine counts from the same moment, whatever becomes of the date. */
export function steadyMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** What a call made now, in whatever Function runs, says of itself. */
export function callHeaders(): Record<string, string> {
  const invocation = currentInvocation();
  if (!invocation) return {};
  invocation.calls += 1;
  return {
    [INVOCATION_HEADER]: invocation.sid,
    [CALL_HEADER]: String(invocation.calls),
    [SENT_HEADER]: String(steadyMs()),
  };
}
