import { SnapshotError } from "./snapshot-error";

/**
 * Makes a table what it was, in its place: others hold on to it, and to the tables in it. Rows are put in as they come,
 * since nobody holds a row of a world that has just begun.
 */
export function putBack(table: object, saved: unknown, derived: readonly string[] = []): void {
  if (table instanceof Map && saved instanceof Map) {
    table.clear();
    for (const [key, value] of saved) table.set(key, value);
  } else if (table instanceof Set && saved instanceof Set) {
    table.clear();
    for (const value of saved) table.add(value);
  } else if (Array.isArray(table) && Array.isArray(saved)) {
    table.length = 0;
    for (const value of saved) table.push(value);
  } else if (isPlain(table) && isPlain(saved)) {
    putBackObject(table, saved, derived);
  } else {
    throw new SnapshotError("It holds a table of another kind than this simulator has: take it anew with this one.");
  }
}

function putBackObject(table: Record<string, unknown>, saved: Record<string, unknown>, derived: readonly string[]) {
  for (const name of Object.keys(table)) if (!(name in saved) && !derived.includes(name)) delete table[name];
  for (const [name, value] of Object.entries(saved)) {
    const there = table[name];
    if (isTable(there) && isTable(value)) putBack(there, value);
    else table[name] = value;
  }
}

function isTable(value: unknown): value is object {
  return value instanceof Map || value instanceof Set || Array.isArray(value) || isPlain(value);
}

export function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.prototype.toString.call(value) === "[object Object]";
}
