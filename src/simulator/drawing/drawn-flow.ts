/** As much of a Flow definition as a drawing needs: https://www.twilio.com/docs/studio/rest-api/v2/schemas */
export interface DrawnFlow {
  description?: string;
  initial_state: string;
  states: readonly {
    name: string;
    type: string;
    transitions: readonly DrawnTransition[];
    properties?: Readonly<Record<string, unknown>>;
  }[];
}

export interface DrawnTransition {
  event: string;
  next?: string | null;
  conditions?: readonly { friendly_name: string; type: string; value: string }[] | null;
}

/** The way an Execution took; null where it ended or still waits. */
export interface DrawnRun {
  steps: readonly { widget: string; event: string | null; to: string | null }[];
}

/** A state as it will be drawn. */
export interface DrawnState {
  name: string;
  type: string;
  /** What customers read, where it is a message. */
  body: string;
  /** Events after which the Flow ends. */
  endsOn: string[];
  isInitial: boolean;
  isReachable: boolean;
  /** Places of this state on the way of the run, from 1 on. */
  steps: number[];
  /** The run ended or waits here. */
  isLast: boolean;
}

/** All transitions of one kind from one state to another, drawn as one arrow. */
export interface DrawnEdge {
  from: string;
  to: string;
  labels: Label[];
  isFailure: boolean;
  isTaken: boolean;
}

export interface Label {
  text: string;
  /** All of it, where the text may be cut. */
  full: string;
}

const FAILURES = ["fail", "failed", "failure", "failedToEnqueue", "callFailure", "timeout", "deliveryFailure"];

export function drawnStates({ states, initial_state }: DrawnFlow, run: DrawnRun): DrawnState[] {
  const reachable = reachableFrom(states, initial_state);
  const last = run.steps.at(-1)?.widget;
  return states.map(({ name, type, transitions, properties }) => ({
    name,
    type,
    body: typeof properties?.body === "string" ? properties.body : "",
    endsOn: type === "trigger" ? [] : transitions.filter(({ next }) => !next).map((one) => labelOf(one).text),
    isInitial: name === initial_state,
    isReachable: reachable.has(name),
    steps: run.steps.flatMap(({ widget }, index) => (widget === name ? [index + 1] : [])),
    isLast: name === last,
  }));
}

export function drawnEdges({ states }: DrawnFlow, run: DrawnRun): DrawnEdge[] {
  const names = new Set(states.map(({ name }) => name));
  const edges = new Map<string, DrawnEdge>();
  for (const { name: from, transitions } of states) {
    for (const transition of transitions) {
      const { event, next: to } = transition;
      if (!to || !names.has(to)) continue;
      const isFailure = FAILURES.includes(event);
      const isTaken = run.steps.some((step) => step.widget === from && step.event === event && step.to === to);
      const key = JSON.stringify([from, to, isFailure]);
      const edge = edges.get(key) ?? { from, to, labels: [], isFailure, isTaken: false };
      edge.labels.push(labelOf(transition));
      edges.set(key, { ...edge, isTaken: edge.isTaken || isTaken });
    }
  }
  return [...edges.values()];
}

/** Shorter than Studio's words, where there is a sign for it. */
const SIGNS: Record<string, string> = {
  equal_to: "=",
  not_equal_to: "≠",
  less_than: "<",
  greater_than: ">",
  matches_any_of: "one of",
  does_not_match_any_of: "none of",
};

/** A match is known by the name of its condition, and by what it compares with. */
function labelOf({ event, conditions }: DrawnTransition): Label {
  const [condition] = conditions ?? [];
  if (!condition) return { text: event, full: event };
  const { friendly_name, type, value } = condition;
  const compares = `${SIGNS[type] ?? type.replaceAll("_", " ")} ${type.endsWith("_blank") ? "" : value}`.trim();
  // The console makes such names up from the condition itself.
  const named = ["equal_to", "matches_any_of"].includes(type) ? value : compares;
  const text = /^if value/i.test(friendly_name) ? compares : `${friendly_name}: ${named}`;
  return { text, full: `${event}: ${friendly_name} (${compares})` };
}

function reachableFrom(states: DrawnFlow["states"], start: string): Set<string> {
  const byName = new Map(states.map((state) => [state.name, state]));
  const found = new Set<string>();
  const open = [start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    for (const { next } of byName.get(name)?.transitions ?? []) if (next) open.push(next);
  }
  return found;
}
