import type { FlowState, Transition } from "../definition";
import { shapeOf, widgetTypes } from "../widgets/registry";
import { type DefinitionError, oneOf, pointer, REQUIRED, schemaErrors } from "./schema-errors";

type Names = ReadonlySet<string | undefined>;

/** What is wrong with one state, given the names of all. */
export function stateErrors(state: FlowState, path: string, names: Names): DefinitionError[] {
  const shape = shapeOf(state.type);
  const transitionErrors = state.transitions.flatMap((one, index) => {
    const at = pointer(path, ["transitions", index]);
    const known = shape ? [...eventErrors(state, shape.events, index, at), ...conditionErrors(one, at)] : [];
    return [...known, ...nextErrors(one, at, names)];
  });
  if (!shape) return [{ path: `${path}/type`, message: oneOf(widgetTypes) }, ...transitionErrors];
  return [...schemaErrors(shape.properties, state.properties, `${path}/properties`), ...transitionErrors];
}

function nextErrors({ next }: Transition, path: string, names: Names): DefinitionError[] {
  if (!next || names.has(next)) return [];
  return [{ path: `${path}/next`, message: `names a widget that does not exist: ${next}` }];
}

function eventErrors(
  { transitions }: FlowState,
  events: readonly string[] | undefined,
  index: number,
  path: string,
): DefinitionError[] {
  const event = transitions[index]?.event ?? "";
  if (events && !events.includes(event)) return [{ path: `${path}/event`, message: oneOf(events) }];
  const first = transitions.findIndex((one) => one.event === event);
  if (event === "match" || first === index) return [];
  return [{ path: `${path}/event`, message: `is not unique: ${event}` }];
}

/** Only a split's `match` is under conditions. */
function conditionErrors({ event, conditions }: Transition, path: string): DefinitionError[] {
  if (event === "match" && !conditions?.length) return [{ path: `${path}/conditions`, message: REQUIRED }];
  if (event !== "match" && conditions?.length) {
    return [{ path: `${path}/conditions`, message: `is not allowed for the event ${event}` }];
  }
  return [];
}
