/** What a process remembers, by SID, identity, or a name of ours: the last so many, for a while. Nothing may hang on it. */
export function remember<Value>({ most, forMs }: { most: number; forMs: number }) {
  const kept = new Map<string, { value: Value; at: number }>();
  return {
    recall(key: string, now: Date): Value | undefined {
      const found = kept.get(key);
      return found && Math.abs(now.getTime() - found.at) < forMs ? found.value : undefined;
    },
    keep(key: string, value: Value, now: Date): void {
      kept.delete(key);
      kept.set(key, { value, at: now.getTime() });
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
  };
}
