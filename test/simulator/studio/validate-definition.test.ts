import { flowDefinition } from "../../../src/simulator/studio/definition";
import { definitionWarnings, validateDefinition } from "../../../src/simulator/studio/validate-definition";
import { shapeOf, widgetTypes } from "../../../src/simulator/studio/widgets/registry";
import { ask, flowOf, flowStartedBy, say, state } from "./studio-bench";

const MISSING = "is missing but it is required";
const NOT_ALLOWED = "is not defined in the schema and the schema does not allow additional properties";

it("passes a Flow of every widget that runs here", () => {
  const condition = { friendly_name: "yes", type: "equal_to", arguments: ["{{x}}"], value: "yes" };
  const definition = flowOf(
    ask("ask", "Yes?", { incomingMessage: "route", timeout: "to_agent", deliveryFailure: "" }),
    {
      ...state("split-based-on", "route", { input: "{{x}}", offset: { x: 0, y: 10.5 } }),
      transitions: [{ event: "noMatch" }, { event: "match", next: "keep", conditions: [condition] }],
    },
    state("set-variables", "keep", { variables: [{ key: "a", value: "1", type: "string" }] }, { next: "lookup" }),
    state(
      "run-function",
      "lookup",
      { url: "https://a.twil.io/b", service_sid: "default" },
      { success: "call", fail: "bye" },
    ),
    state("make-http-request", "call", { method: "GET", url: "http://localhost", content_type: "" }, { failed: "bye" }),
    say("bye", "Bye", { sent: "to_agent" }),
    state("send-to-flex", "to_agent", { workflow: "WW", channel: "TC", timeout: "60" }, { callComplete: undefined }),
  );
  expect(validateDefinition(definition)).toEqual([]);
});

it("passes widgets that do not run here", () => {
  const definition = flowOf(
    state("say-play", "speak", { loop: 1, say: "anything" }, { audioComplete: "record" }),
    state("record-call", "record", {}, { success: undefined }),
  );
  expect(validateDefinition(definition)).toEqual([]);
});

type Row = [what: string, change: (definition: Loose) => unknown, path: string, message: string];

const http = { method: "GET", url: "", content_type: "" };
const startsConversation = state("start-conversation", "open", {
  conversation_service_sid: "IS",
  participants: [{ type: "chat", identity: "ada" }],
});

const table: Row[] = [
  ["a text for a definition", () => "flow", "#", "string found, object expected"],
  ["a key of nobody's", (d) => ({ ...d, version: 1 }), "#/version", NOT_ALLOWED],
  ["no states", (d) => ({ ...d, states: [] }), "#/states", "must have at least 1 items"],
  ["no initial state", ({ initial_state, ...d }) => d, "#/initial_state", MISSING],
  [
    "an unknown initial state",
    (d) => ({ ...d, initial_state: "Start" }),
    "#/initial_state",
    "names a widget that does not exist: Start",
  ],
  [
    "a flag of the wrong type",
    (d) => ({ ...d, flags: { allow_concurrent_calls: "true" } }),
    "#/flags/allow_concurrent_calls",
    "string found, boolean expected",
  ],
  ["a name used twice", (d) => withState(d, say("greet", "Hi")), "#/states/2/name", "is not unique: greet"],
  ["a key of nobody's in a state", (d) => withState(d, { ...say("b", "Hi"), sid: "x" }), "#/states/2/sid", NOT_ALLOWED],
  [
    "name for next",
    (d) => withState(d, withTransition(say("b", "Hi"), { event: "sent", name: "greet" })),
    "#/states/2/transitions/0/name",
    NOT_ALLOWED,
  ],
  [
    "a next to nowhere",
    (d) => withState(d, say("b", "Hi", { sent: "gone" })),
    "#/states/2/transitions/0/next",
    "names a widget that does not exist: gone",
  ],
  [
    "an event the widget does not have",
    (d) => withState(d, say("b", "Hi", { done: "greet" })),
    "#/states/2/transitions/0/event",
    "does not have a value in the enumeration [sent, failed]",
  ],
  [
    "a wrong event of a widget with one",
    (d) => withState(d, state("set-variables", "b", {}, { done: "greet" })),
    "#/states/2/transitions/0/event",
    "must be a constant value next",
  ],
  [
    "a wrong event of a widget that does not run here",
    (d) => withState(d, state("say-play", "b", {}, { done: "greet" })),
    "#/states/2/transitions/0/event",
    "must be a constant value audioComplete",
  ],
  [
    "an event used twice",
    (d) => withState(d, twice(say("b", "Hi", { sent: "greet" }))),
    "#/states/2/transitions/1/event",
    "is not unique: sent",
  ],
  [
    "a match without conditions",
    (d) => withState(d, state("split-based-on", "b", { input: "" }, { match: "greet" })),
    "#/states/2/transitions/0/conditions",
    MISSING,
  ],
  [
    "conditions on another event",
    (d) => withState(d, withTransition(say("b", "Hi"), { event: "sent", conditions: [condition()] })),
    "#/states/2/transitions/0/conditions",
    "is not allowed for the event sent",
  ],
  [
    "a condition without its value",
    (d) => withState(d, matching({ value: undefined })),
    "#/states/2/transitions/0/conditions/0/value",
    MISSING,
  ],
  [
    "a missing property",
    (d) => withState(d, state("send-message", "b", { body: "Hi" })),
    "#/states/2/properties/from",
    MISSING,
  ],
  [
    "a number where a text belongs",
    (d) => withState(d, state("send-to-flex", "b", { workflow: "WW", channel: "TC", timeout: 60 })),
    "#/states/2/properties/timeout",
    "integer found, string expected",
  ],
  [
    "a null where a text belongs",
    (d) => withState(d, state("send-message", "b", { from: null, body: "Hi" })),
    "#/states/2/properties/from",
    "null found, string expected",
  ],
  [
    "a method that is none",
    (d) => withState(d, state("make-http-request", "b", { method: "PUT", url: "", content_type: "" })),
    "#/states/2/properties/method",
    "does not have a value in the enumeration [GET, POST]",
  ],
  [
    "a description of the wrong type",
    (d) => ({ ...d, description: 1 }),
    "#/description",
    "integer found, string expected",
  ],
  [
    "another schema",
    (d) => ({ ...d, $schema: "https://example.com" }),
    "#/$schema",
    "must be a constant value https://schemas.twilio.com/studio/draft/2019-09/flow-definition",
  ],
  ["a flag of nobody's", (d) => ({ ...d, flags: { allow_concurrent_calls: true, x: 1 } }), "#/flags/x", NOT_ALLOWED],
  ["flags without their flag", (d) => ({ ...d, flags: {} }), "#/flags/allow_concurrent_calls", MISSING],
  ["states that are no list", (d) => ({ ...d, states: {} }), "#/states", "object found, array expected"],
  [
    "more than 2,000 widgets",
    (d) => ({ ...d, states: [...d.states, ...Array.from({ length: 1999 }, (_, n) => say(`s${n}`, "Hi"))] }),
    "#/states",
    "must have at most 2000 items",
  ],
  ...["2nd", "with space", "with.period", "_x"].map(
    (name): Row => [
      `the name ${name}`,
      (d) => withState(d, say(name, "Hi")),
      "#/states/2/name",
      "does not match the regex pattern ^[A-Za-z][^\\s.]*$",
    ],
  ),
  [
    "a state without properties",
    (d) => withState(d, { name: "b", type: "trigger", transitions: [] }),
    "#/states/2/properties",
    MISSING,
  ],
  [
    "a transition without an event",
    (d) => withState(d, withTransition(say("b", "Hi"), { next: "greet" })),
    "#/states/2/transitions/0/event",
    MISSING,
  ],
  [
    "a next that is no text",
    (d) => withState(d, withTransition(say("b", "Hi"), { event: "sent", next: 1 })),
    "#/states/2/transitions/0/next",
    "integer found, string expected",
  ],
  [
    "a condition with a key of nobody's",
    (d) => withState(d, matching({ variable: "x" })),
    "#/states/2/transitions/0/conditions/0/variable",
    NOT_ALLOWED,
  ],
  [
    "a condition without arguments",
    (d) => withState(d, matching({ arguments: [] })),
    "#/states/2/transitions/0/conditions/0/arguments",
    "must have at least 1 items",
  ],
  [
    "an argument that is no text",
    (d) => withState(d, matching({ arguments: [1] })),
    "#/states/2/transitions/0/conditions/0/arguments/0",
    "integer found, string expected",
  ],
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
  [
    "two revisions of one subflow",
    (d) => withState(withState(d, runSubflow("b", 1)), runSubflow("c", 1, "2")),
    "#/states/3/properties/flow_revision",
    `is not the revision that other widgets run of ${subflow(1)}`,
  ],
  [
    "more than fifty subflows",
    (d) => ({ ...d, states: [...d.states, ...Array.from({ length: 51 }, (_, n) => runSubflow(`s${n}`, n))] }),
    "#/states",
    "must have at most 50 different subflows",
  ],
  [
    "more than 150 subflow widgets",
    (d) => ({ ...d, states: [...d.states, ...Array.from({ length: 151 }, (_, n) => runSubflow(`s${n}`, n % 50))] }),
    "#/states",
    "must have at most 150 run-subflow widgets",
  ],
  ...["incomingMessage", "incomingConversationMessage", "incomingCall", "incomingParent"].map(
    (event): Row => [
      `a Conversation started from ${event}`,
      () => flowStartedBy(["incomingRequest", event], say("first", "Hi", { sent: "open" }), startsConversation),
      "#/states/2/type",
      "start-conversation can only be used in flows triggered by the REST API",
    ],
  ),
];

it.each(table)("refuses %s", (_what, change, path, message) => {
  expect(validateDefinition(change(flowOf(say("greet", "Hello"))))).toEqual([{ path, message }]);
});

it("refuses a widget type that nobody knows", () => {
  const [error] = validateDefinition(flowOf(state("hangup", "end", {})));
  expect(error).toMatchObject({
    path: "#/states/1/type",
    message: expect.stringContaining("enumeration [trigger, send-message"),
  });
});

it("refuses a condition type that nobody knows", () => {
  const [error] = validateDefinition(withState(flowOf(say("greet", "Hello")), matching({ type: "is_like" })));
  expect(error).toMatchObject({ path: "#/states/2/transitions/0/conditions/0/type" });
});

it("tells several faults at once", () => {
  const definition = flowOf(
    state("send-message", "one", { body: 1 }, { sent: "gone" }),
    state("run-function", "two", {}, { failed: "one" }),
  );
  expect(validateDefinition(definition).map(({ path }) => path)).toEqual([
    "#/states/1/properties/from",
    "#/states/1/properties/body",
    "#/states/1/transitions/0/next",
    "#/states/2/properties/url",
    "#/states/2/transitions/0/event",
  ]);
});

it("tells faults of other states when one cannot be read", () => {
  const definition = { ...flowOf(say("greet", "Hello", { sent: "gone" })), initial_state: 1 };
  const states = [...definition.states, "nonsense"];
  expect(validateDefinition({ ...definition, states }).map(({ path }) => path)).toEqual([
    "#/states/2",
    "#/initial_state",
    "#/states/1/transitions/0/next",
  ]);
});

it("refuses an export from before version 2 with one clear message", () => {
  const states = [
    { sid: "FF00000000000000000000000000000000", name: "Trigger", type: "InitialState", transitions: [] },
  ];
  expect(validateDefinition({ description: "Old", states })).toEqual([
    { path: "#", message: expect.stringContaining("export it again") },
  ]);
});

it("passes what REST alone starts, and a loop back to it", () => {
  const again = { ...startsConversation, transitions: [{ event: "failed", next: "open" }] };
  expect(validateDefinition(flowStartedBy(["incomingRequest"], again))).toEqual([]);
});

it("passes fifty subflows in 150 widgets, and 2,000 widgets", () => {
  const widgets = Array.from({ length: 150 }, (_, n) => runSubflow(`s${n}`, n % 50));
  expect(validateDefinition(flowOf(...widgets))).toEqual([]);
  expect(validateDefinition(flowOf(...Array.from({ length: 1999 }, (_, n) => say(`s${n}`, "Hi"))))).toEqual([]);
});

it("passes widgets of every type with every event they have", () => {
  const needed = { from: "Bot", body: "Hi", url: "x", input: "x", connector: "x", workflow: "WW", channel: "voice" };
  const more = {
    ...http,
    content_type: "",
    flow_sid: subflow(1),
    flow_revision: "1",
    ...startsConversation.properties,
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

it("warns of several conditions on one transition", () => {
  const both = withTransition(state("split-based-on", "b", { input: "" }), {
    event: "match",
    conditions: [condition(), condition()],
  });
  const definition = flowDefinition.parse(withState(flowOf(), both));
  expect(definitionWarnings(definition)).toEqual([
    { path: "#/states/1/transitions/0/conditions", message: expect.stringContaining("several conditions") },
  ]);
});

type Loose = ReturnType<typeof flowOf>;

function withState(definition: Loose, added: unknown) {
  return { ...definition, states: [...definition.states, added] };
}

function withTransition(one: object, transition: object) {
  return { ...one, transitions: [transition] };
}

function twice(one: ReturnType<typeof say>) {
  return { ...one, transitions: [...one.transitions, ...one.transitions] };
}

function condition(change: object = {}) {
  return { friendly_name: "x", type: "equal_to", arguments: ["x"], value: "x", ...change };
}

function matching(change: object) {
  return withTransition(state("split-based-on", "b", { input: "" }), {
    event: "match",
    next: "greet",
    conditions: [condition(change)],
  });
}

function wrongType(type: string, properties: Record<string, unknown>, property: string, message: string): Row {
  const widget = state(type, "b", properties);
  return [
    `${property} of ${type}: ${message}`,
    (d) => withState(d, widget),
    `#/states/2/properties/${property}`,
    message,
  ];
}

function subflow(number: number): string {
  return `FW${String(number).padStart(32, "0")}`;
}

function runSubflow(name: string, number: number, flow_revision = "LatestPublished") {
  return state("run-subflow", name, { flow_sid: subflow(number), flow_revision });
}
