import { type Given, lintedFlow } from "./linted-flow";
import type { Severity } from "./rule";
import { rules } from "./rules";

/** Something to mend in a Flow. */
export interface Finding {
  rule: string;
  severity: Severity;
  /** The state it is in. */
  state?: string;
  /** A JSON pointer such as `#/states/3/properties/timeout`. */
  path: string;
  message: string;
  remedy: string;
}

const gravity: readonly Severity[] = ["error", "warning", "note"];

/** Everything that the rules find, the gravest first. */
export function lintFlow(given: Given): Finding[] {
  const flow = lintedFlow(given);
  const findings = rules.flatMap(({ id, severity, remedy, check }) =>
    check(flow).map((problem) => ({ rule: id, severity, ...stateAt(problem.path), ...problem, remedy })),
  );
  return findings.sort((a, b) => gravity.indexOf(a.severity) - gravity.indexOf(b.severity));

  function stateAt(path: string): { state?: string } {
    const state = flow.states.find((one) => path === one.path || path.startsWith(`${one.path}/`));
    return state ? { state: state.name } : {};
  }
}
