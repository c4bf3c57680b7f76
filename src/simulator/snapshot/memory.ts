import { putBack } from "./put-back";
import { SnapshotError } from "./snapshot-error";

/** All of the world that a reset would lose, by the names that products give it: what a snapshot holds. */
export interface Memory {
  /**
   * Names a Map, Set, array or object of plain data, and hands it back. What is `derived` from the rest is left out; it is
   * made anew by `afterRestore`.
   */
  keep<Table extends object>(name: string, table: Table, ...derived: (keyof Table & string)[]): Table;
  /** Runs once all tables are as they were, and the clock with them. */
  afterRestore(name: string, rebuild: () => void): void;
  tables(): Record<string, unknown>;
  /** Puts tables in the place of what is there; throws SnapshotError, before any change, when they are others. */
  putBack(tables: Readonly<Record<string, unknown>>): void;
  /** What is to follow, in the order in which products asked for it. */
  rebuild(): void;
}

interface Kept {
  table: object;
  derived: readonly string[];
}

export function createMemory(): Memory {
  const kept = new Map<string, Kept>();
  const rebuilding = new Map<string, () => void>();
  return {
    keep(name, table, ...derived) {
      kept.set(name, { table, derived });
      return table;
    },
    afterRestore: (name, rebuild) => void rebuilding.set(name, rebuild),
    tables: () => Object.fromEntries([...kept].map(([name, { table, derived }]) => [name, without(table, derived)])),
    putBack(tables) {
      refuseOthers([...kept.keys()], Object.keys(tables));
      for (const [name, { table, derived }] of kept) putBack(table, tables[name], derived);
    },
    rebuild() {
      for (const rebuild of rebuilding.values()) rebuild();
    },
  };
}

function without(table: object, derived: readonly string[]): unknown {
  if (derived.length === 0) return table;
  return Object.fromEntries(Object.entries(table).filter(([name]) => !derived.includes(name)));
}

function refuseOthers(ours: string[], theirs: string[]): void {
  const odd = [...ours.filter((name) => !theirs.includes(name)), ...theirs.filter((name) => !ours.includes(name))];
  if (odd.length === 0) return;
  throw new SnapshotError(
    `It holds other tables than this simulator has (${odd.join(", ")}): another version wrote it. Take it anew with this one.`,
  );
}
