/** What a process remembers of Conversations, by SID: the last so many, for a while. Nothing may hang on it. */
export function remember<Value>({ most, forMs }: { most: number; forMs: number }) {
  const kept = new Map<string, { value: Value; at: number }>();
  return {
    recall(sid: string, now: Date): Value | undefined {
      const found = kept.get(sid);
      return found && Math.abs(now.getTime() - found.at) < forMs ? found.value : undefined;
    },
    keep(sid: string, value: Value, now: Date): void {
      kept.delete(sid);
      kept.set(sid, { value, at: now.getTime() });
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
  };
}
