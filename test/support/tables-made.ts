import { toTagged } from "../../src/simulator/snapshot/tagged-json";

const { Map: NativeMap, Set: NativeSet } = globalThis;

export interface TableMade {
  table: object;
  /** The file, and which of its tables it is. */
  place: string;
}

/** Every Map and Set that `createWorld` makes while something is done, wherever it is kept. */
export async function tablesMadeBy(act: () => Promise<unknown>): Promise<TableMade[]> {
  const made: TableMade[] = [];
  function note(table: object) {
    const stack = new Error().stack ?? "";
    if (!stack.includes("createWorld")) return;
    const file = stack.split("\n").flatMap((line) => /src\/simulator\/([\w/-]+\.ts)/.exec(line)?.[1] ?? [])[0];
    made.push({ table, place: `${file} ${made.filter(({ place }) => place.startsWith(`${file} `)).length}` });
  }
  const NotedMap = class<Key, Value> extends NativeMap<Key, Value> {
    constructor(entries?: Iterable<readonly [Key, Value]> | null) {
      super(entries);
      note(this);
    }
  };
  const NotedSet = class<Value> extends NativeSet<Value> {
    constructor(values?: Iterable<Value> | null) {
      super(values);
      note(this);
    }
  };
  Object.assign(globalThis, { Map: NotedMap, Set: NotedSet });
  try {
    await act();
  } finally {
    Object.assign(globalThis, { Map: NativeMap, Set: NativeSet });
  }
  return made;
}

/** What a table holds; of what no file could keep, such as functions, the keys. An index that leads nowhere holds nothing. */
export function contentOf(table: object | undefined): string {
  const filled = table instanceof NativeMap ? [...table].filter(([, value]) => !isEmpty(value)) : table;
  try {
    return JSON.stringify(toTagged(filled, "table"));
  } catch {
    return table instanceof NativeMap ? JSON.stringify([...table.keys()]) : String(table);
  }
}

const isEmpty = (value: unknown) => value instanceof NativeSet && value.size === 0;
