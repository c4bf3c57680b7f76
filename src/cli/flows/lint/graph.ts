import type { LintedState } from "./read-states";

/** Who leads to whom, by name. */
export interface FlowGraph {
  next(name: string): string[];
  /** Everything one can come to from there, without the start itself unless something leads back to it. */
  after(name: string): ReadonlySet<string>;
}

export function graphOf(states: readonly LintedState[]): FlowGraph {
  const names = new Set(states.map(({ name }) => name));
  const edges = new Map(
    states.map(({ name, transitions }) => [
      name,
      [...new Set(transitions.map(({ next }) => next))].filter((one) => names.has(one)),
    ]),
  );
  const next = (name: string) => edges.get(name) ?? [];
  const reached = new Map<string, ReadonlySet<string>>();
  return {
    next,
    after(name) {
      const known = reached.get(name) ?? reach(next, next(name));
      reached.set(name, known);
      return known;
    },
  };
}

/** The start and all that it leads to. */
export function reach(next: (name: string) => readonly string[], start: readonly string[]): Set<string> {
  const found = new Set<string>();
  const open = [...start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...next(name));
  }
  return found;
}
