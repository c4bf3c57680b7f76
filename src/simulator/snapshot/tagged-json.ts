import { isPlain } from "./put-back";
import { SnapshotError } from "./snapshot-error";

/**
 * Plain data as JSON can hold it. What JSON has not goes into an object with one key: `$date`, `$map`, `$set`, `$buffer`
 * (base64); and an object that looks like one of these goes into `$object`.
 */
export function toTagged(value: unknown, place: string): unknown {
  if (value instanceof Date) return { $date: value.toISOString() };
  if (Buffer.isBuffer(value)) return { $buffer: value.toString("base64") };
  if (value instanceof Map) return { $map: [...value].map((entry) => toTagged(entry, place)) };
  if (value instanceof Set) return { $set: [...value].map((one) => toTagged(one, place)) };
  if (Array.isArray(value)) return value.map((one, index) => toTagged(one, `${place}[${index}]`));
  if (isPlain(value)) return objectToTagged(value, place);
  if (["string", "boolean", "undefined"].includes(typeof value) || value === null || Number.isFinite(value))
    return value;
  throw new SnapshotError(
    `${place} holds a ${typeof value} that no file can keep (${String(value)}): take it away first.`,
  );
}

function objectToTagged(value: Record<string, unknown>, place: string): unknown {
  const entries = Object.entries(value).map(([name, one]) => [name, toTagged(one, `${place}.${name}`)]);
  return isTagged(value) ? { $object: entries } : Object.fromEntries(entries);
}

export function fromTagged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromTagged);
  if (!isPlain(value)) return value;
  if (isTagged(value)) return read(value);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fromTagged(one)]));
}

function isTagged(value: Record<string, unknown>): boolean {
  const [name, ...others] = Object.keys(value);
  return others.length === 0 && name?.startsWith("$") === true;
}

function read(tagged: Record<string, unknown>): unknown {
  const [[tag, content] = []] = Object.entries(tagged);
  if (tag === "$date" && typeof content === "string") return new Date(content);
  if (tag === "$buffer" && typeof content === "string") return Buffer.from(content, "base64");
  const entries = Array.isArray(content) ? content.map(fromTagged) : undefined;
  if (tag === "$set" && entries) return new Set(entries);
  if (tag === "$map" && entries?.every(isPair)) return new Map(entries);
  if (tag === "$object" && entries?.every(isPair)) return Object.fromEntries(entries);
  throw new SnapshotError(`It has a ${String(tag)} that means nothing: somebody changed the file. Take it anew.`);
}

function isPair(entry: unknown): entry is [string, unknown] {
  return Array.isArray(entry) && entry.length === 2;
}
