import { evaluate } from "./expression";
import type { Step, WorkflowRules } from "./workflow-rules";

/** Where a Task stands among its Workflow's rules. */
export interface Place {
  /** Index of the filter; the number of filters stands for the default one. */
  filter: number;
  target: number;
  step: Step;
}

/**
 * The next place after `from`, or the first one: the next target of the same filter, then the first of the next filter
 * that matches. The default filter takes only Tasks that no filter kept waiting, whether none matched or all were
 * skipped: https://www.twilio.com/docs/taskrouter/worker-presence
 */
export function nextPlace(rules: WorkflowRules, from: Place | null, document: object, waited: boolean): Place | null {
  const sibling = from ? rules.filters[from.filter]?.targets[from.target + 1] : undefined;
  if (from && sibling) return { filter: from.filter, target: from.target + 1, step: sibling };
  for (let filter = (from?.filter ?? -1) + 1; filter < rules.filters.length; filter += 1) {
    const candidate = rules.filters[filter];
    const step = candidate?.targets[0];
    if (candidate && step && evaluate(candidate.expression, document)) return { filter, target: 0, step };
  }
  const atFallback = from?.filter === rules.filters.length;
  if (!rules.fallback || waited || atFallback) return null;
  return { filter: rules.filters.length, target: 0, step: rules.fallback };
}
