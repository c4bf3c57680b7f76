import type { Alarm, Clock } from "../clock";
import type { Memory } from "./memory";
import { SnapshotError } from "./snapshot-error";

/**
 * What is to happen later, as rows: a kind, whose meaning a product says once, and a key, which is mostly the SID of what
 * it is about. So they can be written down, and go on elsewhere in the same order.
 */
export interface Alarms {
  /** What rings of this kind do. */
  bell(kind: string, ring: (key: string) => void | Promise<void>): Bell;
}

export interface Bell {
  /** Rings once, at that time; what was set for the key before is forgotten. */
  set(key: string, dueAt: number | Date): void;
  cancel(key: string): void;
  isSet(key: string): boolean;
}

interface AlarmRow {
  kind: string;
  key: string;
  dueAt: Date;
}

export function createAlarms({ clock, memory }: { clock: Clock; memory: Memory }): Alarms {
  /** In the order in which they were set, which decides between those due at the same time. */
  const rows = memory.keep("alarms", new Map<string, AlarmRow>());
  const pending = new Map<string, Alarm>();
  const meanings = new Map<string, (key: string) => void | Promise<void>>();

  function drop(id: string) {
    pending.get(id)?.cancel();
    pending.delete(id);
    rows.delete(id);
  }

  function arm(id: string, { kind, key, dueAt }: AlarmRow) {
    const ring = meanings.get(kind);
    if (!ring) throw new SnapshotError(`It waits for "${kind}", which this simulator does not know: take it anew.`);
    const alarm = clock.at(dueAt.getTime(), () => {
      drop(id);
      return ring(key);
    });
    pending.set(id, alarm);
  }

  memory.afterRestore("alarms", () => {
    for (const alarm of pending.values()) alarm.cancel();
    pending.clear();
    for (const [id, row] of rows) arm(id, row);
  });

  return {
    bell(kind, ring) {
      meanings.set(kind, ring);
      const idOf = (key: string) => `${kind} ${key}`;
      return {
        set(key, dueAt) {
          const id = idOf(key);
          drop(id);
          const row = { kind, key, dueAt: new Date(dueAt) };
          rows.set(id, row);
          arm(id, row);
        },
        cancel: (key) => drop(idOf(key)),
        isSet: (key) => rows.has(idOf(key)),
      };
    },
  };
}
