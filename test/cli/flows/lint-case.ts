import type { Given } from "../../../src/cli/flows/lint/linted-flow";
import type { Json } from "../../../src/simulator/studio/json";
import { ask, condition, flowOf, say, split, state } from "./some-flow";

/** Of one rule: what it finds, where, and what it must let through. */
export interface LintCase {
  fails: Json;
  at: string;
  passes: Json;
  about?: Partial<Given>;
  /** Where what passes is told apart by what is known of the Flow. */
  aboutPassing?: Partial<Given>;
}

export const bye = say("bye", "Bye");
export const SID = "0123456789abcdef0123456789abcdef";
export const fn = (url: string, next = { success: "bye", fail: "bye" }) =>
  state("ask_it", "run-function", next, { url });
export const body = "{{widgets.ask.inbound.Body}}";
export const asked = ask("ask", { incomingMessage: "which", timeout: "bye", deliveryFailure: "bye" });
export const splitting = (...args: Parameters<typeof condition>) =>
  flowOf(asked, split("which", "bye", "bye", condition(...args)), bye);
export const subflow = (flow_sid: string) =>
  state("sub", "run-subflow", { completed: "bye", failed: "bye" }, { flow_sid, flow_revision: "LatestPublished" });
