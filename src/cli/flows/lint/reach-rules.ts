import { reach } from "./graph";
import type { Rule } from "./rule";

export const unreachable: Rule = {
  id: "unreachable",
  severity: "warning",
  about: "a state that nothing leads to",
  remedy: "Connect it, or remove it.",
  check: ({ states, reachable }) =>
    states
      .filter(({ name }) => !reachable.has(name))
      .map(({ path, name }) => ({ path, message: `nothing leads to ${name}` })),
};

/** https://www.twilio.com/docs/studio/subflows */
export const nestedSubflow: Rule = {
  id: "nested-subflow",
  severity: "error",
  about: "a subflow that runs another (81024)",
  remedy: "Run it from the parent instead, or disconnect incomingParent of the trigger.",
  check({ states, graph }) {
    const asSubflow = states
      .filter(({ type }) => type === "trigger")
      .flatMap(({ transitions }) => transitions.filter(({ event }) => event === "incomingParent"))
      .flatMap(({ next }) => (next ? [next] : []));
    const reached = reach(graph.next, asSubflow);
    return states
      .filter(({ type, name }) => type === "run-subflow" && reached.has(name))
      .map(({ path, name }) => ({ path: `${path}/type`, message: `${name} runs a subflow within a subflow` }));
  },
};
