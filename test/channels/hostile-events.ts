import fc from "fast-check";

/** Events that no platform sends, and that whoever knows the secret might: anything, and true events with anything in them. */
export function hostileEvents(events: readonly unknown[]): fc.Arbitrary<unknown> {
  const changed = fc
    .tuple(fc.constantFrom(...events), fc.nat(500), fc.oneof(fc.jsonValue(), odd))
    .map(([event, at, by]) => withOther(event, at, by));
  return fc.oneof(fc.jsonValue(), odd, changed, changed, changed);
}

const deep = (levels: number) => {
  let value: unknown = "deep";
  for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { message: value };
  return value;
};

const odd = fc.constantFrom<unknown>(
  undefined,
  null,
  Number.MAX_SAFE_INTEGER + 2,
  -1,
  0,
  1e300,
  0.5,
  "",
  "\ud800",
  "\u202egnp.exe",
  "x".repeat(100_000),
  "*_`[](".repeat(5000),
  deep(3000),
  Array.from({ length: 50_000 }, (_, index) => ({ type: "bold", offset: index, length: 1 })),
  JSON.parse('{"__proto__":{"text":"polluted"},"constructor":{"prototype":1},"toString":1}'),
);

/** The same value with its nth part put in another's place. */
function withOther(value: unknown, at: number, by: unknown): unknown {
  const target = at % sizeOf(value);
  let seen = -1;
  const copy = (part: unknown): unknown => {
    seen += 1;
    if (seen === target) return by;
    if (Array.isArray(part)) return part.map(copy);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, copy(inner)]));
  };
  return copy(value);
}

function sizeOf(value: unknown): number {
  const parts = typeof value === "object" && value !== null ? Object.values(value) : [];
  return parts.reduce<number>((sum, part) => sum + sizeOf(part), 1);
}
