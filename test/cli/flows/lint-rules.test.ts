import { readFileSync } from "node:fs";
import { lintFlow } from "../../../src/cli/flows/lint/lint-flow";
import type { Given } from "../../../src/cli/flows/lint/linted-flow";
import { rules } from "../../../src/cli/flows/lint/rules";
import type { Json, JsonObject } from "../../../src/simulator/studio/json";
import { ask, condition, flowOf, say, set, split, state, toFlex, trigger, whole } from "./some-flow";

const lint = (definition: Json, about: Partial<Given> = {}) =>
  lintFlow({ definition, ours: false, channels: [], ...about });

const bye = say("bye", "Bye");
const SID = "0123456789abcdef0123456789abcdef";
const fn = (url: string, next = { success: "bye", fail: "bye" }) => state("ask_it", "run-function", next, { url });
const body = "{{widgets.ask.inbound.Body}}";
const asked = ask("ask", { incomingMessage: "which", timeout: "bye", deliveryFailure: "bye" });
const splitting = (...args: Parameters<typeof condition>) =>
  flowOf(asked, split("which", "bye", "bye", condition(...args)), bye);
const subflow = (flow_sid: string) =>
  state("sub", "run-subflow", { completed: "bye", failed: "bye" }, { flow_sid, flow_revision: "LatestPublished" });
const starting = state(
  "open",
  "start-conversation",
  { created: "bye", failed: "bye" },
  {
    conversation_service_sid: `IS${SID}`,
    participants: [{ type: "chat", identity: "ada" }],
  },
);
const round = (count: string) =>
  flowOf(
    ask("ask", { incomingMessage: "n", timeout: "bye", deliveryFailure: "bye" }),
    set("n", "n", count, "which"),
    split("which", "ask", "bye", condition("greater_than", "{{flow.variables.n | plus: 0}}", "3")),
    bye,
  );
const template = say("bye", "", undefined, { message_type: "content_template", content_sid: `HX${SID}` });
const http = (more: JsonObject) =>
  state(
    "http",
    "make-http-request",
    { success: "bye", failed: "bye" },
    {
      ...{ method: "GET", url: "https://a.example", content_type: "application/json;charset=utf-8" },
      ...more,
    },
  );
const legacy = { states: [{ sid: `FF${SID}`, name: "ask", type: "MessagePrompt", transitions: [], properties: {} }] };
const OURS = { ours: true };

interface Case {
  fails: Json;
  at: string;
  passes: Json;
  about?: Partial<Given>;
  /** Where what passes is told apart by what is known of the Flow. */
  aboutPassing?: Partial<Given>;
}

/** Of each rule: what it finds, where, and what it must let through. */
const cases: Record<string, Case> = {
  "legacy-export": { fails: legacy, at: "#", passes: flowOf(bye) },
  "unknown-key": {
    fails: flowOf(
      state("hi", "send-message", {}, { from: "Bot", body: "Hi" }, [{ event: "failed", name: "bye" }]),
      bye,
    ),
    at: "#/states/1/transitions/0/name",
    passes: flowOf(say("hi", "Hi", { sent: "bye", failed: "bye" }), bye),
  },
  "missing-key": {
    fails: flowOf(state("hi", "run-function", { success: "bye", fail: "bye" }), bye),
    at: "#/states/1/properties/url",
    passes: flowOf(fn("https://x.twil.io/y"), bye),
  },
  "unknown-widget": { fails: flowOf(state("hi", "hangup", {})), at: "#/states/1/type", passes: flowOf(bye) },
  "unknown-event": {
    fails: flowOf(state("hi", "run-function", { success: "bye", failed: "bye" }, { url: "https://x.twil.io/y" }), bye),
    at: "#/states/1/transitions/1/event",
    passes: flowOf(fn("https://x.twil.io/y"), bye),
  },
  "repeated-event": {
    fails: flowOf(state("hi", "send-message", { sent: "bye" }, { from: "Bot", body: "Hi" }, [{ event: "sent" }]), bye),
    at: "#/states/1/transitions/1/event",
    passes: splitting("equal_to", "x", "y"),
  },
  "repeated-name": { fails: flowOf(bye, bye), at: "#/states/2/name", passes: flowOf(bye) },
  "missing-target": {
    fails: flowOf(say("hi", "Hi", { sent: "nowhere" })),
    at: "#/states/1/transitions/0/next",
    passes: flowOf(say("hi", "Hi", { sent: "bye" }), bye),
  },
  "misplaced-conditions": {
    fails: flowOf(
      state("hi", "send-message", {}, { from: "Bot", body: "Hi" }, [
        { event: "sent", conditions: [condition("equal_to", "x", "y")] },
      ]),
    ),
    at: "#/states/1/transitions/0/conditions",
    passes: flowOf(state("hi", "send-message", {}, { from: "Bot", body: "Hi" }, [{ event: "sent", conditions: [] }])),
  },
  "subflow-sid": {
    fails: flowOf(subflow("{{flow.variables.which}}"), bye),
    at: "#/states/1/properties/flow_sid",
    passes: flowOf(subflow(`FW${SID}`), bye),
  },
  "rest-only-widget": {
    fails: flowOf(starting, bye),
    at: "#/states/1/type",
    passes: whole(trigger({ incomingRequest: "open" }), starting, bye),
  },
  "wrong-type": {
    fails: flowOf(ask("ask", { incomingMessage: "bye" }, { timeout: 60 }), bye),
    at: "#/states/1/properties/timeout",
    passes: flowOf(
      state("ask_it", "run-function", { success: "bye", fail: "bye" }, { url: "https://a.b/c", timeout: null }),
      bye,
    ),
  },
  "wrong-value": {
    fails: splitting("is_like", body, "y"),
    at: "#/states/2/transitions/1/conditions/0/type",
    passes: splitting("regex", body, "y"),
  },
  "nested-subflow": {
    fails: whole(trigger({ incomingParent: "sub" }), subflow(`FW${SID}`), bye),
    at: "#/states/1/type",
    passes: flowOf(subflow(`FW${SID}`), bye),
  },
  "liquid-syntax": {
    fails: flowOf(say("bye", "{{flow.variables.reservation")),
    at: "#/states/1/properties/body",
    passes: flowOf(
      say("bye", "{% if flow.variables.a %}\n{{ flow.variables.a | plus: 1 }}\n{% endif %} {{1}} { } ${2}"),
    ),
  },
  "task-attributes": {
    fails: flowOf(toFlex("task", "{ team: {{flow.variables.team | to_json}} }"), bye),
    at: "#/states/1/properties/attributes",
    passes: flowOf(toFlex("task", '{ "team": {{flow.variables.team | to_json}}, "age": {{flow.variables.age}} }'), bye),
  },
  "hostile-attributes": {
    fails: flowOf(toFlex("task", '{ "name": "{{trigger.conversation.From}}" }'), bye),
    at: "#/states/1/properties/attributes",
    passes: flowOf(toFlex("task", "{{widgets.task.parsed.attributes}}"), bye),
  },
  "custom-channel-widget": {
    fails: flowOf(bye),
    at: "#/states/1/type",
    about: { channels: ["telegram"] },
    passes: flowOf(bye),
    aboutPassing: { channels: ["sms", "whatsapp"] },
  },
  "account-literal": {
    fails: flowOf(fn("https://x-1234-dev.twil.io/y"), bye),
    at: "#/states/1/properties/url",
    passes: flowOf(fn("${function:studio/y}"), bye),
    about: OURS,
    aboutPassing: OURS,
  },
  "unknown-token": {
    fails: flowOf(fn("${funktion:studio/y}"), bye),
    at: "#/states/1/properties/url",
    about: OURS,
    passes: flowOf(say("bye", "It costs ${{flow.variables.price}}, {{flow.variables.x}}")),
  },
  "dead-failure": {
    fails: flowOf(toFlex("task", "{}", { callComplete: null, failedToEnqueue: null })),
    at: "#/states/1/transitions/1",
    passes: flowOf(toFlex("task", "{}", { callComplete: null, failedToEnqueue: "bye", callFailure: null }), bye),
  },
  unreachable: { fails: flowOf(bye, say("lonely", "Hi")), at: "#/states/2", passes: flowOf(bye) },
  "uncounted-cycle": {
    fails: round("{{flow.variables.m}}"),
    at: "#/states/1",
    passes: round("{% if flow.variables.n %}\n  {{flow.variables.n | plus: 1}}\n{% else %}\n  1\n{% endif %}"),
  },
  "never-run": {
    fails: flowOf(
      say("hi", body, { sent: "ask", failed: "ask" }),
      asked,
      split("which", "bye", "bye", condition("equal_to", body, "1")),
      bye,
    ),
    at: "#/states/1/properties/body",
    passes: splitting("equal_to", body, "1"),
  },
  "wrong-output": {
    fails: splitting("equal_to", "{{widgets.ask.inbound.body}}", "1"),
    at: "#/states/2/properties/input",
    passes: splitting("equal_to", body, "1"),
  },
  "bare-object": {
    fails: flowOf(say("bye", "{{ trigger.conversation.ChannelAttributes }}")),
    at: "#/states/1/properties/body",
    passes: flowOf(
      say(
        "bye",
        "{{trigger.conversation.ChannelAttributes.name}} {{trigger.conversation.ChannelAttributes | to_json}}",
      ),
    ),
  },
  "numeric-comparison": {
    fails: splitting("greater_than", body, "3"),
    at: "#/states/2/transitions/1/conditions/0/arguments/0",
    passes: splitting("greater_than", "{{widgets.ask.inbound.Body | plus: 0}}", "3"),
  },
  "case-dependent": {
    fails: splitting("contains", body, "Yes"),
    at: "#/states/2/transitions/1/conditions/0/value",
    passes: splitting("contains", "{{widgets.ask.inbound.Body | strip | downcase}}", "yes"),
  },
  "several-conditions": {
    fails: flowOf(
      asked,
      split("which", "bye", "bye", condition("equal_to", body, "1"), condition("equal_to", body, "2")),
      bye,
    ),
    at: "#/states/2/transitions/1/conditions",
    passes: splitting("equal_to", body, "1"),
  },
  "pacific-date": {
    fails: flowOf(say("bye", "{{ 'now' | date: '%H' }}")),
    at: "#/states/1/properties/body",
    passes: flowOf(say("bye", "{{ flow.variables.date | default: 'a | date' }}")),
  },
  "whole-division": {
    fails: flowOf(say("bye", "{{ flow.variables.n | divided_by: 2 }}")),
    at: "#/states/1/properties/body",
    passes: flowOf(say("bye", "{{ flow.variables.n | times: 2 }}")),
  },
  "long-wait": {
    fails: flowOf(ask("ask", { incomingMessage: "bye" }, { timeout: "14401" }), bye),
    at: "#/states/1/properties/timeout",
    passes: flowOf(ask("ask", { incomingMessage: "bye" }, { timeout: "14400" }), bye),
  },
  "after-task": {
    fails: flowOf(toFlex("task", "{}", { callComplete: "bye", failedToEnqueue: "bye" }), bye),
    at: "#/states/1/transitions/0/next",
    passes: flowOf(toFlex("task", "{}"), bye),
  },
  "method-parameter": {
    fails: flowOf(http({ parameters: [{ key: "method", value: "x" }] }), bye),
    at: "#/states/1/properties/parameters/0/key",
    passes: flowOf(http({ parameters: [{ key: "how", value: "method" }] }), bye),
  },
  "retired-widget": {
    fails: flowOf(state("bot", "connect-virtual-agent", { return: null }, { connector: "c" })),
    at: "#/states/1/type",
    passes: flowOf(state("bot", "connect-virtual-agent-v2", { completed: null }, { connector_name: "c" })),
  },
  "template-channel": {
    fails: flowOf(template),
    at: "#/states/1/properties/message_type",
    about: { channels: ["sms"] },
    passes: flowOf(template),
    aboutPassing: { channels: ["sms", "whatsapp"] },
  },
  "no-message-start": {
    fails: whole(trigger({ incomingCall: "menu" }), state("menu", "say-play", { audioComplete: null })),
    at: "#/states/0",
    passes: whole(trigger({ incomingRequest: "bye" }), bye),
  },
  "not-simulated": {
    fails: flowOf(state("menu", "say-play", { audioComplete: null })),
    at: "#/states/1/type",
    passes: flowOf(bye),
  },
};

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
    ...[
      ["account-literal", "task"],
      ["account-literal", "task"],
    ],
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
    const flow: JsonObject = flowOf(
      say("a", "A", { sent: "b", failed: "b" }),
      say("b", "B", { sent: "a", failed: "a" }),
    );
    expect(lint(flow)).toMatchObject([{ rule: "uncounted-cycle", message: "goes round without a counter: a, b" }]);
  });
});
