import fc from "fast-check";
import { integersOf, parseExactly } from "../../../src/channels/viber/exact-json";
import { findSignedBody } from "../../../src/channels/viber/find-signed-body";
import { signatureOf, TOKEN } from "./use-callbacks";

interface Writing {
  spaced: boolean;
  slash: boolean;
  letters: "raw" | "lower" | "upper";
  doubles: boolean;
}

const writing: fc.Arbitrary<Writing> = fc.record({
  spaced: fc.boolean(),
  slash: fc.boolean(),
  letters: fc.constantFrom("raw", "lower", "upper"),
  doubles: fc.boolean(),
});

/** A writer of JSON of the test's own, character by character. */
function written(value: unknown, how: Writing): string {
  const [comma, colon] = how.spaced ? [", ", ": "] : [",", ":"];
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return how.doubles && Number.isInteger(value) ? `${value}.0` : String(value);
  if (typeof value === "string") {
    const characters = Array.from({ length: value.length }, (_, at) => character(value[at] ?? "", how));
    return `"${characters.join("")}"`;
  }
  const members = Object.entries(value as object).map(([name, member]) => `"${name}"${colon}${written(member, how)}`);
  return `{${members.join(comma)}}`;
}

function character(one: string, { slash, letters }: Writing): string {
  const short = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" }[one];
  if (short) return short;
  if (one === "/") return slash ? "\\/" : "/";
  const code = one.charCodeAt(0).toString(16).padStart(4, "0");
  if (one < " ") return `\\u${code}`;
  if (one <= "\x7f" || letters === "raw") return one;
  return `\\u${letters === "upper" ? code.toUpperCase() : code}`;
}

const words = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), fc.string());
const token = fc.bigInt({ min: 2n ** 61n, max: 2n ** 63n - 1n });
const body = fc.record({
  event: fc.constant("message"),
  message_token: token,
  sender: fc.record({ id: words, name: words }),
  message: fc.record({
    text: words,
    location: fc.record({ lat: coordinate(), lon: coordinate() }),
    nothing: fc.constant({}),
  }),
});

function coordinate() {
  return fc.oneof(fc.integer({ min: -180, max: 180 }), fc.double({ min: 0.001, max: 180, noNaN: true }));
}

const RUNS = { seed: 20261122, numRuns: 100 };
const found = (text: string, length?: number, signature = signatureOf(text)) =>
  findSignedBody({ body: JSON.parse(text) as Record<string, unknown>, signature, length }, TOKEN);

describe("the text that was signed", () => {
  it("is found however it was written, from what JSON.parse left of it", () => {
    fc.assert(
      fc.property(body, writing, (value, how) => {
        const text = written(value, how);
        expect(found(text, Buffer.byteLength(text))).toBe(text);
      }),
      RUNS,
    );
  });

  it("is found without its length, or with a wrong one, as well", () => {
    fc.assert(
      fc.property(body, writing, fc.constantFrom(undefined, 1, Number.NaN), (value, how, length) => {
        const text = written(value, how);
        expect(found(text, length)).toBe(text);
      }),
      { ...RUNS, numRuns: 20 },
    );
  });

  it("is not found when any of it was changed", () => {
    fc.assert(
      fc.property(body, body, (value, other) => {
        const how: Writing = { spaced: false, slash: false, letters: "raw", doubles: false };
        fc.pre(written(value, how) !== written(other, how));
        const text = written({ ...value, message: other.message, sender: other.sender }, how);
        fc.pre(text !== written(value, how));
        expect(found(text, undefined, signatureOf(written(value, how)))).toBeUndefined();
      }),
      { ...RUNS, numRuns: 5 },
    );
  });
});

describe("integers that JSON.parse rounded", () => {
  it("are all told, once each", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }), (integer) => {
        const all = [...integersOf(Number(integer))];
        expect(all).toContain(integer);
        expect(new Set(all).size).toBe(all.length);
        expect(all.every((one) => Number(one) === Number(integer))).toBe(true);
        expect(all.length).toBeLessThanOrEqual(3073);
      }),
      RUNS,
    );
  });

  it("come as texts with all their digits, and nothing else changes", () => {
    const text =
      '{"a":4912661846655238145,"b":"4912661846655238145, \\"1\\": 9","c":[1,-2.50,1e3,9007199254740993],"d":12}';
    expect(parseExactly(text)).toEqual({
      ...{ a: "4912661846655238145", b: '4912661846655238145, "1": 9', d: 12 },
      c: [1, -2.5, 1000, "9007199254740993"],
    });
  });
});
