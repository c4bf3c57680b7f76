import { evaluate } from "../../../src/simulator/taskrouter/expression";
import { parseExpression, usesNot } from "../../../src/simulator/taskrouter/parse-expression";

const TYPES = ["text", "number", "yes", "missing", "list", "object"] as const;
const document = { text: "a", number: 1, yes: true, list: ["a", 1, true], object: { text: "a" } };

/** What `left operator right` is, by the left's type, for each right one in the order above. */
const table: Record<string, Record<(typeof TYPES)[number], string>> = {
  "==": { text: "T-----", number: "-T----", yes: "--T---", missing: "---T--", list: "------", object: "------" },
  "!=": { text: "---T--", number: "---T--", yes: "---T--", missing: "TTT-TT", list: "---T--", object: "---T--" },
  ">": { text: "------", number: "------", yes: "------", missing: "------", list: "------", object: "------" },
  ">=": { text: "T-----", number: "-T----", yes: "------", missing: "------", list: "------", object: "------" },
  "<": { text: "------", number: "------", yes: "------", missing: "------", list: "------", object: "------" },
  "<=": { text: "T-----", number: "-T----", yes: "------", missing: "------", list: "------", object: "------" },
  CONTAINS: { text: "T-----", number: "------", yes: "------", missing: "------", list: "------", object: "------" },
  HAS: { text: "------", number: "------", yes: "------", missing: "------", list: "TTT---", object: "------" },
  IN: { text: "----T-", number: "----T-", yes: "----T-", missing: "------", list: "------", object: "------" },
  "NOT IN": { text: "------", number: "------", yes: "------", missing: "----T-", list: "------", object: "------" },
};

describe.each(Object.entries(table))("%s", (operator, rows) => {
  it.each(TYPES)("on %s is false, not an error, where it is not made for the other side", (left) => {
    const found = TYPES.map((right) => evaluate(parseExpression(`${left} ${operator} ${right}`), document));
    expect(found.map((one) => (one ? "T" : "-")).join("")).toBe(rows[left]);
  });

  it("means the same in lower case", () => {
    const [one, other] = [operator, operator.toLowerCase()].map((sign) => parseExpression(`text ${sign} list`));
    expect(one).toEqual(other);
  });
});

it("knows null, which a key is that is not there", () => {
  const truths = ["list != null", "missing == null", "null == missing", "text != NULL"];
  expect(truths.map((text) => evaluate(parseExpression(text), document))).toEqual([true, true, true, true]);
  expect(evaluate(parseExpression("list == null"), document)).toBe(false);
});

it.each([
  ["NOT text == 'a'", true],
  ["text == 'a' AND (number == 1 OR NOT yes == true)", true],
  ["text NOT IN list AND (number == 1 OR yes == true)", false],
])("tells whether %s uses NOT by itself", (text, uses) => {
  expect(usesNot(parseExpression(text))).toBe(uses);
});
