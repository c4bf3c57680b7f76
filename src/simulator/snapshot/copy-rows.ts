const kindOf = Object.prototype.toString;

/** Plain data that shares nothing with what it was taken from, its moments so many milliseconds later. */
export function copyRows(value: unknown, laterMs = 0): unknown {
  if (typeof value !== "object" || value === null) return value;
  const copy = (one: unknown) => copyRows(one, laterMs);
  if (Array.isArray(value)) return value.map(copy);
  if (kindOf.call(value) === "[object Object]") return copyObject(value, laterMs);
  if (value instanceof Date) return new Date(value.getTime() + laterMs);
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, copy(one)]));
  if (value instanceof Set) return new Set([...value].map(copy));
  if (Buffer.isBuffer(value)) return Buffer.from(value);
  return value;
}

function copyObject(value: object, laterMs: number): object {
  const copied: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) copied[name] = copyRows(one, laterMs);
  return copied;
}
