import type { JsonObject } from "../../../src/simulator/studio/json";
import { asked, body, bye, fn, type LintCase, SID, splitting } from "./lint-case";
import { ask, condition, flowOf, say, set, split, state, toFlex, trigger, whole } from "./some-flow";

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
const OURS = { ours: true };

/** What Studio takes, and customers suffer from. */
export const doubtful: Record<string, LintCase> = {
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
