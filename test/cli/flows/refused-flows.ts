import { body, bye, fn, type LintCase, SID, splitting, subflow } from "./lint-case";
import { ask, condition, flowOf, say, state, trigger, whole } from "./some-flow";

const starting = state(
  "open",
  "start-conversation",
  { created: "bye", failed: "bye" },
  {
    conversation_service_sid: `IS${SID}`,
    participants: [{ type: "chat", identity: "ada" }],
  },
);
const legacy = { states: [{ sid: `FF${SID}`, name: "ask", type: "MessagePrompt", transitions: [], properties: {} }] };

/** What Studio refuses. */
export const refused: Record<string, LintCase> = {
  "legacy-export": { fails: legacy, at: "#", passes: flowOf(bye) },
  "wrapped-flow": {
    fails: { sid: `FW${SID}`, friendly_name: "Shop", status: "published", definition: flowOf(bye) },
    at: "#",
    passes: flowOf(bye),
  },
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
};
