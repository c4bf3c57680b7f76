import type { LogEntry } from "../event-log";

/** What one Function call asked of Twilio. */
export interface Calls {
  /** REST calls. */
  calls: number;
  /** The longest chain of them in which each began after the one before had ended: what a caller waits for. */
  sequential: number;
}

export interface FunctionCalls {
  /** How often the Function ran. */
  count: number;
  most: number;
  mostSequential: number;
}

export function callsOf(entries: readonly LogEntry[], invocation: string): Calls {
  return counted(entries.filter((entry) => entry.kind === "rest" && entry.invocation === invocation));
}

/** By Function path; each Function that ran is there, those without calls too. */
export function callCounts(entries: readonly LogEntry[]): Record<string, FunctionCalls> {
  const rest = new Map<string | undefined, LogEntry[]>();
  for (const entry of entries) {
    if (entry.kind === "rest") rest.set(entry.invocation, [...(rest.get(entry.invocation) ?? []), entry]);
  }
  const totals: Record<string, FunctionCalls> = {};
  for (const { kind, name, invocation } of entries) {
    if (kind !== "function" || invocation === undefined) continue;
    const { calls, sequential } = counted(rest.get(invocation) ?? []);
    const { count, most, mostSequential } = totals[name] ?? { count: 0, most: 0, mostSequential: 0 };
    totals[name] = {
      count: count + 1,
      most: Math.max(most, calls),
      mostSequential: Math.max(mostSequential, sequential),
    };
  }
  return totals;
}

/** Taking whichever ends first finds the longest chain. */
function counted(calls: readonly LogEntry[]): Calls {
  const spans = calls.map(({ span: [start, end] = [0, 0] }) => ({ start, end })).sort((a, b) => a.end - b.end);
  let sequential = 0;
  let free = Number.NEGATIVE_INFINITY;
  for (const { start, end } of spans) {
    if (start < free) continue;
    sequential += 1;
    free = end;
  }
  return { calls: calls.length, sequential };
}
