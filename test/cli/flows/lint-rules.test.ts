import { readFileSync } from "node:fs";
import { lintFlow } from "../../../src/cli/flows/lint/lint-flow";
import type { Given } from "../../../src/cli/flows/lint/linted-flow";
import { rules } from "../../../src/cli/flows/lint/rules";
import type { Json } from "../../../src/simulator/studio/json";
import { doubtful } from "./doubtful-flows";
import { bye } from "./lint-case";
import { refused } from "./refused-flows";
import { ask, flowOf, say, toFlex } from "./some-flow";

const lint = (definition: Json, about: Partial<Given> = {}) =>
  lintFlow({ definition, ours: false, channels: [], ...about });

const cases = { ...refused, ...doubtful };

it.each(Object.entries(cases))(
  "%s is found where it is, and nowhere else",
  (rule, { fails, at, passes, about, aboutPassing }) => {
    expect(lint(fails, about).filter((one) => one.rule === rule)).toContainEqual(expect.objectContaining({ path: at }));
    expect(lint(passes, aboutPassing).filter((one) => one.rule === rule)).toEqual([]);
  },
);

it("holds every rule there is, and no other", () => {
  expect(Object.keys(cases).sort()).toEqual(rules.map(({ id }) => id).sort());
});

it("is in the manual, rule by rule", () => {
  const rows = readFileSync("docs/flows.md", "utf8").matchAll(/^\| `([a-z-]+)` \| (error|warning|note) \| (.*) \|$/gm);
  const listed = [...rows].map(([, id, severity, about]) => ({ id, severity, about }));
  expect(listed).toEqual(rules.map(({ id, severity, about }) => ({ id, severity, about })));
});

it("does not lose a rule in a Flow that several speak of", () => {
  const flow = flowOf(
    say("hi", "{{widgets.bye.outbound.Body | date: '%H'}}", { sent: "task", failed: null }),
    toFlex("task", '{ "a": "{{trigger.conversation.Body}}" }', { callComplete: "bye", failedToEnqueue: null }),
    bye,
  );
  expect(lint(flow).map(({ rule, state: name }) => [rule, name])).toEqual([
    ["hostile-attributes", "task"],
    ["dead-failure", "hi"],
    ["dead-failure", "task"],
    ["never-run", "hi"],
    ["pacific-date", "hi"],
    ["after-task", "task"],
    ["account-literal", "task"],
    ["account-literal", "task"],
  ]);
});

describe("task attributes", () => {
  const found = (attributes: string, ours = true) =>
    lint(flowOf(toFlex("task", attributes), bye), { ours }).filter(({ rule }) => rule === "hostile-attributes");

  it("may be as many as fit, whatever one of them holds", () => {
    const all = Array.from({ length: 8 }, (_, n) => `"k${n}": {{flow.variables.k${n} | default: "x" | to_json}}`);
    expect(found(`{ ${all.join(", ")} }`)).toEqual([]);
  });

  it("are an error of ours where a long value takes them past 1,024 characters, a warning elsewhere", () => {
    const attributes = `{ "fixed": "${"x".repeat(750)}", "name": {{contact.channel.address | to_json}} }`;
    expect(found(attributes)).toMatchObject([
      { severity: "error", message: expect.stringContaining("characters when contact.") },
    ]);
    expect(found(attributes, false)).toMatchObject([{ severity: "warning" }]);
  });

  it("may come whole from a Function, as text or as an object", () => {
    for (const all of ["{{widgets.f.parsed.attributes}}", "{{widgets.f.parsed.attributes | to_json}}"]) {
      expect(lint(flowOf(toFlex("task", all), bye)).filter(({ rule }) => rule.includes("attributes"))).toEqual([]);
    }
  });

  it("are found where a customer's words stand bare", () => {
    expect(found('{ "n": {{trigger.conversation.Body}} }')).toHaveLength(1);
    expect(found('{ "n": {{flow.variables.n | plus: 0}} }')).toEqual([]);
  });
});

it("finds a failure dead that is not even mentioned", () => {
  const flow = flowOf(ask("ask", { incomingMessage: "bye", timeout: "bye" }), bye);
  expect(lint(flow)).toMatchObject([
    { rule: "dead-failure", path: "#/states/1/transitions", message: "deliveryFailure of ask leads nowhere" },
  ]);
});

describe("a round", () => {
  it("without any wait is found too, and told of once", () => {
    const flow = flowOf(say("a", "A", { sent: "b", failed: "b" }), say("b", "B", { sent: "a", failed: "a" }));
    expect(lint(flow)).toMatchObject([{ rule: "uncounted-cycle", message: "goes round without a counter: a, b" }]);
  });
});
