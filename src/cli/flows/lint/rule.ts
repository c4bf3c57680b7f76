import type { LintedFlow } from "./linted-flow";

/** Errors keep a Flow from working, warnings are likely mistakes, notes are for whoever moves it to another account. */
export type Severity = "error" | "warning" | "note";

export interface Rule {
  id: string;
  severity: Severity;
  /** What it finds, for the table in docs/flows.md. */
  about: string;
  /** What to do about it. */
  remedy: string;
  check(flow: LintedFlow): Problem[];
}

export interface Problem {
  /** A JSON pointer such as `#/states/3/properties/timeout`. */
  path: string;
  message: string;
  /** Where it differs from the rule's. */
  severity?: Severity;
}
