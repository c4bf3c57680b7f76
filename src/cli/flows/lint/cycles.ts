import { variablesIn } from "../../../simulator/studio/liquid";
import { type FlowGraph, reach } from "./graph";
import type { LintedFlow } from "./linted-flow";
import { textOf } from "./read-states";
import type { Rule } from "./rule";
import { hasFilter } from "./texts";

/** https://www.twilio.com/docs/studio/user-guide/studio-faq: ten times the same widget in a row, 1,000 steps in all. */
export const uncountedCycle: Rule = {
  id: "uncounted-cycle",
  severity: "warning",
  about: "a way round without a counter that a split compares (81000, 81001)",
  remedy: "Count the rounds with set-variables ({{flow.variables.n | plus: 1}}), and leave by a split on the count.",
  check(flow) {
    const counters = countersOf(flow);
    const going = goingOn(flow, counters);
    const uncounted = within(flow.graph, going);
    const told = new Set<string>();
    return flow.states.flatMap(({ name, path }) => {
      if (!going.has(name)) return [];
      const round = uncounted(name);
      if (told.has(name) || !round.has(name)) return [];
      const cycle = flow.states.map((state) => state.name).filter((one) => round.has(one) && uncounted(one).has(name));
      for (const one of cycle) told.add(one);
      return [{ path, message: `goes round without a counter: ${cycle.join(", ")}` }];
    });
  },
};

/** States that come to no end without passing a counter: all rounds are among them. */
function goingOn({ graph, reachable }: LintedFlow, counters: ReadonlySet<string>): Set<string> {
  const going = new Set([...reachable].filter((name) => !counters.has(name)));
  for (let before = -1; before !== going.size; ) {
    before = going.size;
    for (const name of [...going].reverse()) if (!graph.next(name).some((one) => going.has(one))) going.delete(name);
  }
  return going;
}

/** Who comes after a state without leaving these. */
function within({ next }: FlowGraph, these: ReadonlySet<string>): (name: string) => Set<string> {
  const on = (name: string) => next(name).filter((one) => these.has(one));
  const known = new Map<string, Set<string>>();
  return (name) => {
    const found = known.get(name) ?? reach(on, on(name));
    known.set(name, found);
    return found;
  };
}

/** States that change a number which a split asks for. */
function countersOf({ states, texts }: LintedFlow): Set<string> {
  const asked = new Set(
    texts
      .filter(({ state }) => state.type === "split-based-on")
      .flatMap(({ text }) => variablesIn(text))
      .map((path) => path.join(".")),
  );
  const counts = states.filter(({ name, type, properties: { variables } }) => {
    if (type !== "set-variables" || !Array.isArray(variables)) return false;
    return variables.some((variable) => {
      const { key, value } = typeof variable === "object" && !Array.isArray(variable) ? { ...variable } : {};
      const read = asked.has(`flow.variables.${textOf(key)}`) || asked.has(`widgets.${name}.${textOf(key)}`);
      return read && hasFilter(textOf(value), "plus|minus|append");
    });
  });
  return new Set(counts.map(({ name }) => name));
}
