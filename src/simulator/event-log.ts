/** What kind of thing happened; the timeline and the local page group by it. */
export type LogKind =
  | "customer"
  | "conversation"
  | "message"
  | "webhook"
  | "function"
  | "output"
  | "rest"
  | "platform"
  | "execution"
  | "widget"
  | "interaction"
  | "task"
  | "reservation"
  | "agent"
  | "clock"
  | "contract"
  | "fault"
  | "warning";

/** One line of the world's history. SIDs say what it belongs to, so that a page can follow one Conversation. */
export interface LogEntry {
  seq: number;
  /** ISO 8601, simulated time. */
  at: string;
  kind: LogKind;
  /** A short verb phrase: `created`, `POST CreateInteraction`, `send-to-flex to_agent → callComplete`. */
  name: string;
  /** How long it took, in real milliseconds, where that has a meaning. */
  ms?: number;
  /** Of a call of Twilio or a platform: from when until when, in milliseconds of this machine's steady clock. */
  span?: readonly [start: number, end: number];
  status?: number;
  conversationSid?: string;
  interactionSid?: string;
  taskSid?: string;
  reservationSid?: string;
  executionSid?: string;
  /** The Function call it was made in. */
  invocation?: string;
  /** Whatever else a reader needs to understand the line. */
  data?: Record<string, unknown>;
}

export type NewLogEntry = Omit<LogEntry, "seq" | "at">;

export interface EventLog {
  readonly entries: readonly LogEntry[];
  add(entry: NewLogEntry): LogEntry;
  subscribe(listener: (entry: LogEntry) => void): () => void;
  clear(): void;
  /** Puts another history in the place of this one; nobody is told of it. */
  restore(entries: readonly LogEntry[], lastSeq: number): void;
  /** The number of the last entry there was, cleared or not. */
  lastSeq(): number;
}

export function createEventLog(now: () => Date): EventLog {
  const entries: LogEntry[] = [];
  let seq = 0;
  const listeners = new Set<(entry: LogEntry) => void>();
  return {
    entries,
    add(entry) {
      seq += 1;
      const stored = { seq, at: now().toISOString(), ...entry };
      entries.push(stored);
      for (const listener of listeners) listener(stored);
      return stored;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear: () => void entries.splice(0),
    restore(history, lastSeq) {
      entries.splice(0);
      for (const entry of history) entries.push(entry);
      seq = lastSeq;
    },
    lastSeq: () => seq,
  };
}
