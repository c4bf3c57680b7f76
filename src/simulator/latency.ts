/** How long Twilio takes, by operation id (`CreateInteraction`) or `*` for all others; real milliseconds. */
export interface Latency {
  set(operation: string, ms: number): void;
  of(operation: string): number;
  clear(): void;
}

export function createLatency(): Latency {
  const byOperation = new Map<string, number>();
  return {
    set: (operation, ms) => void byOperation.set(operation, ms),
    of: (operation) => byOperation.get(operation) ?? byOperation.get("*") ?? 0,
    clear: () => byOperation.clear(),
  };
}
