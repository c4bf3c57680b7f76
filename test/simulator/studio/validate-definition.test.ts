import { validateDefinition } from "../../../src/simulator/studio/validate-definition";
import { condition, MISSING, matching, type Row, twice, withState, withTransition } from "./definitions";
import { ask, flowOf, say, state } from "./studio-bench";

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
