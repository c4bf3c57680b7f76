import { validateDefinition } from "../../../src/simulator/studio/validate-definition";
import { shapeOf, widgetTypes } from "../../../src/simulator/studio/widgets/registry";
import { condition, MISSING, type Row, subflow, withState, wrongType } from "./definitions";
import { flowOf, say, state } from "./studio-bench";

const http = { method: "GET", url: "", content_type: "" };

const table: Row[] = [
  [
    "a message without a body",
    (d) => withState(d, state("send-message", "b", { from: "Bot" })),
    "#/states/2/properties/body",
    MISSING,
  ],
  [
    "a template without its SID",
    (d) => withState(d, state("send-message", "b", { from: "Bot", body: "Hi", message_type: "content_template" })),
    "#/states/2/properties/content_sid",
    MISSING,
  ],
  [
    "a message type that is none",
    (d) => withState(d, state("send-message", "b", { from: "Bot", body: "Hi", message_type: "carousel" })),
    "#/states/2/properties/message_type",
    "does not have a value in the enumeration [custom, content_template]",
  ],
  wrongType(
    "send-message",
    { from: "Bot", body: "Hi", shorten_urls: "true" },
    "shorten_urls",
    "string found, boolean expected",
  ),
  wrongType(
    "send-and-wait-for-reply",
    { from: "Bot", body: "Hi", timeout: 60 },
    "timeout",
    "integer found, string expected",
  ),
  wrongType("split-based-on", { input: 1 }, "input", "integer found, string expected"),
  wrongType("set-variables", { variables: {} }, "variables", "object found, array expected"),
  wrongType("set-variables", { variables: [{ key: "a" }] }, "variables/0/value", MISSING),
  wrongType(
    "set-variables",
    { variables: [{ key: "a", value: "1", index: 0 }] },
    "variables/0/index",
    "integer found, string expected",
  ),
  wrongType(
    "run-function",
    { url: "https://a.b", parameters: [{ key: "a", value: 1 }] },
    "parameters/0/value",
    "integer found, string expected",
  ),
  wrongType("run-function", { url: "https://a.b", timeout: "10" }, "timeout", "string found, number expected"),
  wrongType(
    "make-http-request",
    { ...http, add_twilio_auth: "yes" },
    "add_twilio_auth",
    "string found, boolean expected",
  ),
  wrongType("make-http-request", { method: "GET", url: "" }, "content_type", MISSING),
  wrongType("make-http-request", { ...http, body: {} }, "body", "object found, string expected"),
  wrongType(
    "run-subflow",
    { flow_sid: "{{flow.variables.a}}", flow_revision: "1" },
    "flow_sid",
    "must be a valid, non-liquid flow sid",
  ),
  wrongType(
    "run-subflow",
    { flow_sid: subflow(1), flow_revision: 1 },
    "flow_revision",
    "integer found, string expected",
  ),
  wrongType(
    "send-to-flex",
    { workflow: "WW", channel: "TC", priority: 1 },
    "priority",
    "integer found, string expected",
  ),
  wrongType(
    "send-to-flex",
    { workflow: "WW", channel: "TC", attributes: {} },
    "attributes",
    "object found, string expected",
  ),
  wrongType("send-to-flex", { workflow: "WW" }, "channel", MISSING),
  wrongType("start-conversation", { participants: [{ type: "chat" }] }, "conversation_service_sid", MISSING),
  wrongType(
    "start-conversation",
    { conversation_service_sid: "IS", participants: [] },
    "participants",
    "must have at least 1 items",
  ),
  wrongType(
    "start-conversation",
    { conversation_service_sid: "IS", participants: [{ type: "fax" }] },
    "participants/0/type",
    "does not have a value in the enumeration [chat, messaging, sms]",
  ),
  wrongType(
    "resume-conversation",
    { conversation_service_sid: "IS", webhook_filters: "x" },
    "webhook_filters",
    "string found, array expected",
  ),
  wrongType("add-twiml-redirect", { method: "POST" }, "url", MISSING),
  wrongType("add-twiml-redirect", { url: "x", timeout: 60 }, "timeout", "integer found, string expected"),
  wrongType("connect-virtual-agent-v2", { timeout: "60" }, "timeout", "string found, integer expected"),
  wrongType(
    "connect-virtual-agent-v2",
    { channel: "sms" },
    "channel",
    "does not have a value in the enumeration [voice, conversations]",
  ),
  wrongType("enqueue-call", { priority: 1.5 }, "priority", "number found, integer expected"),
  wrongType("say-play", { loop: "2" }, "loop", "string found, integer expected"),
  wrongType("connect-call-to", { record: "true" }, "record", "string found, boolean expected"),
  wrongType("gather-input-on-call", { stop_gather: 1 }, "stop_gather", "integer found, boolean expected"),
];

it.each(table)("refuses %s", (_what, change, path, message) => {
  expect(validateDefinition(change(flowOf(say("greet", "Hello"))))).toEqual([{ path, message }]);
});

it("passes widgets of every type with every event they have", () => {
  const needed = { from: "Bot", body: "Hi", url: "x", input: "x", connector: "x", workflow: "WW", channel: "voice" };
  const more = {
    ...http,
    content_type: "",
    flow_sid: subflow(1),
    flow_revision: "1",
    conversation_service_sid: "IS",
  };
  const shapes = widgetTypes.filter((type) => type !== "trigger" && !type.endsWith("-conversation")).map(shapeOf);
  const states = shapes.map((shape, index) => ({
    ...state(shape?.type ?? "", `s${index}`, { ...needed, ...more, method: "GET" }),
    transitions: (shape?.events ?? ["any"]).map((event) =>
      event === "match" ? { event, next: "s0", conditions: [condition()] } : { event, next: null },
    ),
  }));
  expect(validateDefinition({ ...flowOf(), states: [...flowOf().states, ...states] })).toEqual([]);
});
