import { flowDefinition } from "../../../src/simulator/studio/definition";
import { definitionWarnings, validateDefinition } from "../../../src/simulator/studio/validate-definition";
import { condition, type Row, runSubflow, subflow, withState, withTransition } from "./definitions";
import { flowOf, flowStartedBy, say, state } from "./studio-bench";

const startsConversation = state("start-conversation", "open", {
  conversation_service_sid: "IS",
  participants: [{ type: "chat", identity: "ada" }],
});

const table: Row[] = [
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

it("passes what REST alone starts, and a loop back to it", () => {
  const again = { ...startsConversation, transitions: [{ event: "failed", next: "open" }] };
  expect(validateDefinition(flowStartedBy(["incomingRequest"], again))).toEqual([]);
});

it("passes fifty subflows in 150 widgets, and 2,000 widgets", () => {
  const widgets = Array.from({ length: 150 }, (_, n) => runSubflow(`s${n}`, n % 50));
  expect(validateDefinition(flowOf(...widgets))).toEqual([]);
  expect(validateDefinition(flowOf(...Array.from({ length: 1999 }, (_, n) => say(`s${n}`, "Hi"))))).toEqual([]);
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
