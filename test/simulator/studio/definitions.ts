import { type flowOf, type say, state } from "./studio-bench";

export const MISSING = "is missing but it is required";

export type Loose = ReturnType<typeof flowOf>;

/** What is wrong, the change that makes it so, and what the validator then says. */
export type Row = [what: string, change: (definition: Loose) => unknown, path: string, message: string];

export function withState<Definition extends { states: unknown[] }>(definition: Definition, added: unknown) {
  return { ...definition, states: [...definition.states, added] };
}

export function withTransition(one: object, transition: object) {
  return { ...one, transitions: [transition] };
}

export function twice(one: ReturnType<typeof say>) {
  return { ...one, transitions: [...one.transitions, ...one.transitions] };
}

export function condition(change: object = {}) {
  return { friendly_name: "x", type: "equal_to", arguments: ["x"], value: "x", ...change };
}

export function matching(change: object) {
  return withTransition(state("split-based-on", "b", { input: "" }), {
    event: "match",
    next: "greet",
    conditions: [condition(change)],
  });
}

export function wrongType(type: string, properties: Record<string, unknown>, property: string, message: string): Row {
  const widget = state(type, "b", properties);
  return [
    `${property} of ${type}: ${message}`,
    (d) => withState(d, widget),
    `#/states/2/properties/${property}`,
    message,
  ];
}

export function subflow(number: number): string {
  return `FW${String(number).padStart(32, "0")}`;
}

export function runSubflow(name: string, number: number, flow_revision = "LatestPublished") {
  return state("run-subflow", name, { flow_sid: subflow(number), flow_revision });
}
