import type { FlowState } from "../definition";
import type { DefinitionError } from "./schema-errors";

/** They begin a Conversation, which every other trigger has already. */
const REST_ONLY = ["start-conversation", "resume-conversation"];

type States = readonly (FlowState | undefined)[];

/** Widgets for Flows that REST triggers may be reached from no other event of the trigger; a subflow's parent counts as one. */
export function restOnlyErrors(states: States): DefinitionError[] {
  const reached = reachedFrom(states);
  return states.flatMap((state, index) =>
    state && REST_ONLY.includes(state.type) && reached.has(state.name)
      ? [
          {
            path: `#/states/${index}/type`,
            message: `${state.type} can only be used in flows triggered by the REST API`,
          },
        ]
      : [],
  );
}

/** Names of all that can be reached by a message, a call or a parent Flow. */
function reachedFrom(states: States): Set<string> {
  const byName = new Map(states.flatMap((state) => (state ? [[state.name, state]] : [])));
  const reached = new Set<string>();
  const open = states.flatMap((state) => {
    if (state?.type !== "trigger") return [];
    return state.transitions.filter(({ event }) => event !== "incomingRequest").map(({ next }) => next);
  });
  while (open.length > 0) {
    const name = open.pop();
    if (!name || reached.has(name)) continue;
    reached.add(name);
    open.push(...(byName.get(name)?.transitions ?? []).map(({ next }) => next));
  }
  return reached;
}
