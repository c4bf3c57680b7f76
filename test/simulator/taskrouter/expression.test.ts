import { evaluate } from "../../../src/simulator/taskrouter/expression";
import { parseExpression } from "../../../src/simulator/taskrouter/parse-expression";

const document = {
  text: "silver",
  other: "gold",
  number: 5,
  yes: true,
  no: false,
  nothing: null,
  list: ["en", "es", 3],
  object: { text: "deep", list: [{ text: "deeper" }] },
  has_under_score: "ok",
};

const table: Record<string, [string, boolean][]> = {
  equality: [
    ["1 == 1", true],
    ["1==1", true],
    ["number == 5", true],
    ["number == 5.0", true],
    ["number == -5", false],
    ["text == 'silver'", true],
    ['text == "silver"', true],
    ["text == 'Silver'", false],
    ["yes == true", true],
    ["yes == TRUE", true],
    ["no == false", true],
    ["number == '5'", false],
    ["yes == 'true'", false],
    ["list == list", false],
    ["list == 'en'", false],
    ["object == object", false],
    ["missing == other_missing", true],
    ["missing == 'x'", false],
    ["taskless.key == 1", false],
    ["text = 'silver'", true],
  ],
  inequality: [
    ["0 != 1", true],
    ["text != 'silver'", false],
    ["text != 'gold'", true],
    ["number != '5'", false],
    ["yes != 1", false],
    ["missing != 'x'", true],
    ["'x' != missing", true],
    ["missing != nothing", false],
    ["list != 'en'", false],
    ["text != list", false],
  ],
  order: [
    ["number > 4", true],
    ["number > 5", false],
    ["number >= 5", true],
    ["number >= 5.1", false],
    ["number < 6", true],
    ["number < 5", false],
    ["number <= 5", true],
    ["number <= 4", false],
    ["'b' > 'a'", true],
    ["'b' <= 'a'", false],
    ["number > '4'", false],
    ["'9' > number", false],
    ["yes > no", false],
    ["missing > 0", false],
    ["missing < 1", false],
    ["missing <= nothing", false],
    ["list > 1", false],
    ["list >= list", false],
  ],
  CONTAINS: [
    ["text CONTAINS 'ilv'", true],
    ["text CONTAINS 'gold'", false],
    ["text contains 'silver'", true],
    ["list CONTAINS 'en'", false],
    ["number CONTAINS 5", false],
    ["text CONTAINS 5", false],
    ["missing CONTAINS 'x'", false],
  ],
  HAS: [
    ["list HAS 'en'", true],
    ["list HAS 3", true],
    ["list HAS '3'", false],
    ["list HAS 'fr'", false],
    ["list has 'es'", true],
    ["text HAS 'silver'", false],
    ["number HAS 5", false],
    ["missing HAS 'x'", false],
    ["list HAS list", false],
    ["['a', 'b'] HAS 'b'", true],
  ],
  IN: [
    ["text IN ['silver', 'gold']", true],
    ["text IN ['gold']", false],
    ["'en' IN list", true],
    ["'fr' IN list", false],
    ["number IN [4, 5]", true],
    ["number IN ['5']", false],
    ["text in ['silver']", true],
    ["text IN []", false],
    ["text IN 'silver'", false],
    ["text IN missing", false],
    ["missing IN ['x']", false],
    ["list IN [1]", false],
  ],
  "NOT IN": [
    ["text NOT IN ['gold']", true],
    ["text NOT IN ['silver']", false],
    ["'fr' not in list", true],
    ["'en' not in list", false],
    ["text NOT IN 'gold'", false],
    ["text NOT IN missing", false],
    ["list NOT IN ['x']", false],
    ["missing NOT IN ['x']", true],
  ],
  logic: [
    ["1 == 1 AND 2 == 2", true],
    ["1 == 1 AND 1 == 2", false],
    ["1 == 2 OR 2 == 2", true],
    ["1 == 2 OR 2 == 1", false],
    ["1 == 1 or 1 == 2 and 1 == 3", true],
    ["(1 == 1 or 1 == 2) and 1 == 3", false],
    ["((text == 'silver') AND (number > 1))", true],
    ["NOT text == 'gold'", true],
    ["NOT (text == 'silver' OR number == 9)", false],
    ["not text == 'gold' and number == 9", false],
  ],
  keys: [
    ["object.text == 'deep'", true],
    ["object.list[0].text == 'deeper'", true],
    ["list[1] == 'es'", true],
    ["list[9] == 'es'", false],
    ["list.length == 3", false],
    ["text.length == 6", false],
    ["object.toString != 'x'", true],
    ["has_under_score == 'ok'", true],
    ["Text == 'silver'", false],
  ],
  constants: [
    ["'it\\'s' == \"it's\"", true],
    ["'a == b' == 'a == b'", true],
    [".5 < 1", true],
    ["0800 == 800", true],
    ["' silver ' == 'silver'", false],
  ],
};

describe.each(Object.entries(table))("%s", (_, cases) => {
  it.each(cases)("reads %s as %s", (text, expected) => {
    expect(evaluate(parseExpression(text), document)).toBe(expected);
  });
});

it.each([
  ["a-b > 3", "cannot read -b > 3"],
  ["", "expected a key or a constant, it ends"],
  ["number", "expected an operator, it ends"],
  ["number ==", "expected a key or a constant, it ends"],
  ["(number == 1", "expected ), it ends"],
  ["number == 1)", "expected the end, found )"],
  ["number == 1 AND", "expected a key or a constant, it ends"],
  ["number NOT 5", "expected IN, found 5"],
  ["text IN ['a' 'b']", "expected ], found 'b']"],
  ["text ~ 'a.*'", "cannot read ~ 'a.*'"],
  ["'open == 1", "cannot read 'open == 1"],
])("refuses %j", (text, why) => {
  expect(() => parseExpression(text)).toThrow(why);
});

it("evaluates what it parsed once against many documents", () => {
  const expression = parseExpression("team == 'sales'");
  expect([{ team: "sales" }, { team: "support" }].map((one) => evaluate(expression, one))).toEqual([true, false]);
});
