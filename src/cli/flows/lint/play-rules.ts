import { notRun } from "../../../simulator/studio/widgets/not-run";
import type { Rule } from "./rule";

const STARTS = ["incomingConversationMessage", "incomingMessage", "incomingRequest"];

export const noMessageStart: Rule = {
  id: "no-message-start",
  severity: "note",
  about: "a Flow that neither a message nor REST starts, such as a voice Flow; `flows run` cannot play it",
  remedy: "Connect a message event of the trigger; Flows for calls are not played here.",
  check({ states }) {
    const triggers = states.filter(({ type }) => type === "trigger");
    const started = triggers.flatMap(({ transitions }) => transitions.filter(({ next }) => next));
    if (triggers.length === 0 || started.some(({ event }) => STARTS.includes(event))) return [];
    const others = started.map(({ event }) => (event === "incomingCall" ? "a call" : "a parent Flow"));
    const message = others.length > 0 ? `only ${others.join(" or ")} starts this Flow` : "nothing starts this Flow";
    return triggers.map(({ path }) => ({ path, message }));
  },
};

export const notSimulated: Rule = {
  id: "not-simulated",
  severity: "note",
  about: "a widget that `flows run` cannot play; an Execution that comes to it ends there",
  remedy: "Nothing to mend for Twilio: play the other ways through the Flow.",
  check: ({ states }) =>
    states
      .filter(({ type }) => notRun.some((one) => one.type === type))
      .map(({ path, type }) => ({ path: `${path}/type`, message: `${type} does not run in the simulator` })),
};
