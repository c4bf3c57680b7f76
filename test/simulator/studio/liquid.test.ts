import type { ExecutionContext } from "../../../src/simulator/studio/context";
import { createLiquid, type Rendered, templateFault } from "../../../src/simulator/studio/liquid";
import { STUDIO_FILTERS } from "../../../src/simulator/studio/liquid-language";

const quirks: [promise: string, template: string, text: string][] = [
  ["leaves a text without markup alone", "Hello } {", "Hello } {"],
  ["reads a path", "{{flow.variables.team}}", "sales"],
  ["reads a widget with a hyphen in its name", "{{widgets.ask-team.inbound.Body}}", "hi"],
  ["prints nothing for what is not there", "[{{trigger.message.ChannelSid}}]", "[]"],
  ["prints nothing for what every object inherits", "[{{flow.variables.constructor}}]", "[]"],
  ["gives a JSON literal of a text", "{{flow.variables.quoted | to_json}}", '"a \\"b\\"\\n"'],
  ["gives a JSON literal of an object", "{{flow.variables.object | to_json}}", '{"a":1}'],
  ["gives null for what is not there", "{{flow.variables.none | to_json}}", "null"],
  ["falls back on a default", '{{flow.variables.none | default: "general" | to_json}}', '"general"'],
  ["casts a text to a number", "{{flow.variables.count | plus: 1}}", "4"],
  ["does not take the text 1 for the number", '{% if flow.variables.list[0] == "1" %}=={% else %}!={% endif %}', "!="],
  ["takes an empty text and 0 for true", "{% if flow.variables.empty %}a{% endif %}{% if 0 %}b{% endif %}", "ab"],
  ["knows case and when", "{% case flow.variables.team %}{% when 'sales' %}S{% else %}O{% endcase %}", "S"],
  [
    "knows assign, capture and unless",
    "{% assign a = 1 %}{% capture b %}{{a}}2{% endcapture %}{% unless c %}{{b}}{% endunless %}",
    "12",
  ],
  ["leaves raw text alone", "{% raw %}{{1}}{% endraw %}", "{{1}}"],
  ["keeps the blanks of an if over lines", "{% if true %}\n 1\n{% endif %}", "\n 1\n"],
  [
    "stops a for after fifteen items",
    "{% for i in (1..20) %}{{i}} {% endfor %}",
    "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 ",
  ],
  ["keeps a smaller limit of a for", "{% for i in (1..20) limit:2 %}{{i}}{% endfor %}", "12"],
  ["keeps a larger limit at fifteen", "{% for i in (1..20) limit:18 %}.{% endfor %}", "..............."],
  ["tells dates in Pacific time", '{{ 1767225600 | date: "%Y-%m-%d %H:%M" }}', "2025-12-31 16:00"],
  ["takes the world's time for now", '{{ "now" | date: "%Y-%m-%d %H:%M" }}', "2026-03-01 04:00"],
  [
    "divides whole numbers to a whole one",
    "{{ 7 | divided_by: 2 }} {{ '7' | divided_by: 2 }} {{ 7.0 | divided_by: 2.5 }}",
    "3 3 2.8",
  ],
  ["takes letters beyond ASCII in texts", "{{ 'é' | upcase }} é", "É é"],
];

it.each(quirks)("%s", (_promise, template, text) => {
  expect(render(template)).toEqual({ text });
});

const filters: Record<string, [template: string, text: string]> = {
  abs: ["{{ -4 | abs }}", "4"],
  append: ["{{ 'a' | append: 'b' }}", "ab"],
  at_least: ["{{ 1 | at_least: 2 }}", "2"],
  at_most: ["{{ 3 | at_most: 2 }}", "2"],
  capitalize: ["{{ 'ab' | capitalize }}", "Ab"],
  ceil: ["{{ 1.2 | ceil }}", "2"],
  compact: ["{{ flow.variables.holes | compact | size }}", "2"],
  concat: ["{{ flow.variables.list | concat: flow.variables.list | size }}", "6"],
  date: ["{{ '2026-03-01T12:00:00Z' | date: '%H' }}", "04"],
  default: ["{{ '' | default: 'x' }}", "x"],
  divided_by: ["{{ 9 | divided_by: 3 }}", "3"],
  downcase: ["{{ 'AB' | downcase }}", "ab"],
  escape: ["{{ '<' | escape }}", "&lt;"],
  escape_once: ["{{ '&lt;<' | escape_once }}", "&lt;&lt;"],
  first: ["{{ flow.variables.list | first }}", "1"],
  floor: ["{{ 1.8 | floor }}", "1"],
  join: ["{{ flow.variables.list | join: '-' }}", "1-3-2"],
  last: ["{{ flow.variables.list | last }}", "2"],
  lstrip: ["{{ ' a ' | lstrip }}", "a "],
  map: ["{{ flow.variables.people | map: 'name' | join }}", "Bob Ada"],
  minus: ["{{ '5' | minus: 2 }}", "3"],
  modulo: ["{{ 5 | modulo: 3 }}", "2"],
  newline_to_br: ["{{ flow.variables.lines | newline_to_br }}", "a<br />\nb"],
  plus: ["{{ '1' | plus: 0 }}", "1"],
  prepend: ["{{ 'a' | prepend: 'b' }}", "ba"],
  remove: ["{{ 'abab' | remove: 'a' }}", "bb"],
  remove_first: ["{{ 'abab' | remove_first: 'a' }}", "bab"],
  replace: ["{{ 'aba' | replace: 'a', 'c' }}", "cbc"],
  replace_first: ["{{ 'aba' | replace_first: 'a', 'c' }}", "cba"],
  reverse: ["{{ flow.variables.list | reverse | join }}", "2 3 1"],
  round: ["{{ 1.26 | round: 1 }}", "1.3"],
  rstrip: ["{{ ' a ' | rstrip }}", " a"],
  size: ["{{ 'abc' | size }}", "3"],
  slice: ["{{ 'abc' | slice: 1, 2 }}", "bc"],
  sort: ["{{ flow.variables.list | sort | join }}", "1 2 3"],
  sort_natural: ["{{ flow.variables.people | sort_natural: 'name' | map: 'name' | join }}", "Ada Bob"],
  split: ["{{ 'a,b' | split: ',' | last }}", "b"],
  strip: ["{{ ' a ' | strip }}", "a"],
  strip_html: ["{{ '<b>a</b>' | strip_html }}", "a"],
  strip_newlines: ["{{ flow.variables.lines | strip_newlines }}", "ab"],
  times: ["{{ 2 | times: 3 }}", "6"],
  to_json: ["{{ flow.variables.list | to_json }}", "[1,3,2]"],
  truncate: ["{{ 'abcdef' | truncate: 5 }}", "ab..."],
  truncatewords: ["{{ 'a b c' | truncatewords: 2 }}", "a b..."],
  uniq: ["{{ 'a,a,b' | split: ',' | uniq | join }}", "a b"],
  upcase: ["{{ 'ab' | upcase }}", "AB"],
  url_decode: ["{{ 'a%20b' | url_decode }}", "a b"],
  url_encode: ["{{ 'a b&c' | url_encode }}", "a+b%26c"],
  where: ["{{ flow.variables.people | where: 'name', 'Ada' | size }}", "1"],
};

it("tries every filter of the language", () => {
  expect(Object.keys(filters).sort()).toEqual([...STUDIO_FILTERS].sort());
});

it.each(Object.entries(filters))("knows %s", (_filter, [template, text]) => {
  expect(render(template)).toEqual({ text });
  expect(templateFault(template)).toBeUndefined();
});

it.each([
  ["an unknown filter", "{{flow.variables.team | shout}}"],
  ["a filter of another dialect", "{{flow.variables.object | json}}"],
  ["an unknown tag", "{% zork %}"],
  ["a tag that reads files", '{% include "package.json" %}'],
  ["another that does", '{% render "package.json" %}'],
  ["a tag that is not closed", "{% if true %}a"],
  ["an output that is not closed", "{{flow.variables.team"],
  ["a plus in an expression", "{{flow.variables.count + 1}}"],
  ["an array index that is missing", "{{flow.variables.list[]}}"],
  ["a name beyond ASCII", "{{flow.variables.größe}}"],
])("fails at %s, before and while rendering", (_what, template) => {
  expect(render(template)).toEqual({ failure: expect.any(String) });
  expect(templateFault(template)).toEqual(expect.any(String));
});

it("fails at a division by nothing", () => {
  expect(render("{{ 1 | divided_by: flow.variables.none }}")).toEqual({ failure: expect.any(String) });
});

it("allows a text of 16 KB and none longer", () => {
  expect(render("a".repeat(16_384))).toEqual({ text: "a".repeat(16_384) });
  expect(render("a".repeat(16_385))).toEqual({ failure: "the rendered text is longer than 16 KB" });
});

describe("a template that would take all of this machine", () => {
  const nested = (depth: number): string =>
    depth === 0 ? "x" : `{% for i in (1..15) %}${nested(depth - 1)}{% endfor %}`;

  it.each([
    ["a range of a billion", "{% for i in (1..1000000000) %}{{i}}{% endfor %}"],
    ["loops within loops", nested(8)],
    ["a text that doubles", `{% assign a = "aaaaaaaaaaaaaaaa" %}${"{% assign a = a | append: a %}".repeat(30)}{{a}}`],
    ["a template of half a megabyte", `{{a}}${"b".repeat(512 * 1024)}`],
  ])("fails within a second: %s", (_what, template) => {
    const startedAt = performance.now();
    expect(render(template)).toEqual({ failure: expect.stringMatching(/limit exceeded/) });
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

function render(template: string): Rendered {
  return createLiquid({ clock: { now: () => new Date("2026-03-01T12:00:00Z") } })(template, context);
}

const context: ExecutionContext = {
  trigger: {},
  flow: {
    sid: "FN1",
    flow_sid: "FW1",
    channel: { address: "CH1" },
    data: {},
    variables: {
      team: "sales",
      quoted: 'a "b"\n',
      lines: "a\nb",
      object: { a: 1 },
      count: "3",
      empty: "",
      list: [1, 3, 2],
      holes: [1, null, 2],
      people: [{ name: "Bob" }, { name: "Ada" }],
    },
  },
  contact: { channel: { address: "+15550101001" } },
  widgets: { "ask-team": { inbound: { Body: "hi" } } },
};
