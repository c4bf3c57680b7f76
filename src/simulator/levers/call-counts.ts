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
  /** The most calls of platforms, such as Telegram, that one run made. */
  mostOfPlatforms: number;
}

export function callsOf(entries: readonly LogEntry[], invocation: string): Calls {
  return counted(entries.filter((entry) => entry.kind === "rest" && entry.invocation === invocation));
}

/** By Function path; each Function that ran is there, those without calls too. */
export function callCounts(entries: readonly LogEntry[]): Record<string, FunctionCalls> {
  const [rest, platform] = [byInvocation(entries, "rest"), byInvocation(entries, "platform")];
  const totals: Record<string, FunctionCalls> = {};
  for (const { kind, name, invocation } of entries) {
    if (kind !== "function" || invocation === undefined) continue;
    const { calls, sequential } = counted(rest.get(invocation) ?? []);
    const { count, most, mostSequential, mostOfPlatforms } = totals[name] ?? NONE;
    totals[name] = {
      count: count + 1,
      most: Math.max(most, calls),
      mostSequential: Math.max(mostSequential, sequential),
      mostOfPlatforms: Math.max(mostOfPlatforms, platform.get(invocation)?.length ?? 0),
    };
  }
  return totals;
}

const NONE: FunctionCalls = { count: 0, most: 0, mostSequential: 0, mostOfPlatforms: 0 };

function byInvocation(entries: readonly LogEntry[], kind: "rest" | "platform"): Map<string | undefined, LogEntry[]> {
  const calls = new Map<string | undefined, LogEntry[]>();
  for (const entry of entries) {
    if (entry.kind !== kind) continue;
    const others = calls.get(entry.invocation);
    if (others) others.push(entry);
    else calls.set(entry.invocation, [entry]);
  }
  return calls;
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
