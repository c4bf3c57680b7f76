import type { ExecutionContext } from "../../../src/simulator/studio/context";
import { createLiquid, type Rendered } from "../../../src/simulator/studio/liquid";

const table: [promise: string, template: string, text: string][] = [
  ["reads a path", "{{flow.variables.team}}", "sales"],
  ["reads a widget with a hyphen in its name", "{{widgets.ask-team.inbound.Body}}", "hi"],
  ["prints nothing for what is not there", "[{{trigger.message.ChannelSid}}]", "[]"],
  ["gives a JSON literal of a text", "{{flow.variables.quoted | to_json}}", '"a \\"b\\"\\n"'],
  ["gives a JSON literal of an object", "{{flow.variables.object | to_json}}", '{"a":1}'],
  ["gives null for what is not there", "{{flow.variables.none | to_json}}", "null"],
  ["falls back on a default", '{{flow.variables.none | default: "general" | to_json}}', '"general"'],
  ["casts a text to a number", "{{flow.variables.count | plus: 1}}", "4"],
  ["knows case and when", "{% case flow.variables.team %}{% when 'sales' %}S{% else %}O{% endcase %}", "S"],
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
];

it.each(table)("%s", (_promise, template, text) => {
  expect(render(template)).toEqual({ text });
});

it.each([
  ["an unknown filter", "{{flow.variables.team | shout}}"],
  ["an unknown tag", "{% zork %}"],
  ["an output that is not closed", "{{flow.variables.team"],
  ["a plus in an expression", "{{flow.variables.count + 1}}"],
])("fails at %s", (_what, template) => {
  expect(render(template)).toEqual({ failure: expect.any(String) });
});

it("allows a text of 16 KB and none longer", () => {
  expect(render("a".repeat(16_384))).toEqual({ text: "a".repeat(16_384) });
  expect(render("a".repeat(16_385))).toEqual({ failure: "the rendered text is longer than 16 KB" });
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
    variables: { team: "sales", quoted: 'a "b"\n', object: { a: 1 }, count: "3" },
  },
  contact: { channel: { address: "+15550101001" } },
  widgets: { "ask-team": { inbound: { Body: "hi" } } },
};
