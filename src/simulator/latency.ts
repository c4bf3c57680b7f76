/** How long Twilio takes, by operation id (`CreateInteraction`) or `*` for all others; real milliseconds, or drawn anew each time. */
export interface Latency {
  set(operation: string, ms: number | (() => number)): void;
  of(operation: string): number;
  clear(): void;
}

export function createLatency(byOperation = new Map<string, number | (() => number)>()): Latency {
  return {
    set: (operation, ms) => void byOperation.set(operation, ms),
    of(operation) {
      const ms = byOperation.get(operation) ?? byOperation.get("*") ?? 0;
      return typeof ms === "number" ? ms : ms();
    },
    clear: () => byOperation.clear(),
  };
}
