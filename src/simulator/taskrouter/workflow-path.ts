import { evaluate } from "./expression";
import type { Place } from "./rows";
import type { Step, WorkflowRules } from "./workflow-rules";

/**
 * The next place after `from`, or the first one: the next target of the same filter, then the first of the next filter
 * that matches. The default filter takes only Tasks that no filter kept waiting, whether none matched or all were
 * skipped: https://www.twilio.com/docs/taskrouter/worker-presence
 */
export function nextPlace(rules: WorkflowRules, from: Place | null, document: object, waited: boolean): Place | null {
  if (from && rules.filters[from.filter]?.targets[from.target + 1]) return { ...from, target: from.target + 1 };
  for (let filter = (from?.filter ?? -1) + 1; filter < rules.filters.length; filter += 1) {
    const candidate = rules.filters[filter];
    if (candidate?.targets[0] && evaluate(candidate.expression, document)) return { filter, target: 0 };
  }
  const atFallback = from?.filter === rules.filters.length;
  if (!rules.fallback || waited || atFallback) return null;
  return { filter: rules.filters.length, target: 0 };
}

export function stepAt(rules: WorkflowRules, { filter, target }: Place): Step | null {
  if (filter === rules.filters.length) return rules.fallback;
  return rules.filters[filter]?.targets[target] ?? null;
}
