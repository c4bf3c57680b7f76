import { AsyncLocalStorage } from "node:async_hooks";

/**
 * Tells the simulator in which Function call a REST call was made. The prefix is one of those that Functions never see:
 * the runtime takes `i-twilio-*` off the headers it hands over.
 */
export const INVOCATION_HEADER = "i-twilio-invocation";

/** The Function call that the running code belongs to, set by whoever hosts the Function. */
export const currentInvocation = new AsyncLocalStorage<string>();
