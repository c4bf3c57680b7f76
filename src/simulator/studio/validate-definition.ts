import { type FlowState, flowDefinition, flowState, type Transition } from "./definition";
import { type DefinitionError, pointer, schemaErrors } from "./schema-errors";
import { eventsOf, widgets, widgetTypes } from "./widgets/registry";

/**
 * Everything wrong with a Flow definition, all at once. Twilio's rules are those of
 * https://www.twilio.com/docs/studio/rest-api/v2/schemas; it also refuses names used twice and transitions that lead
 * nowhere (https://www.twilio.com/docs/api/errors/81022). Whether SIDs exist is not asked.
 */
export function validateDefinition(definition: unknown): DefinitionError[] {
  const given = statesOf(definition);
  if (given.some(isLegacy)) return [{ path: "#", message: LEGACY }];
  const states = given.map((state) => flowState.safeParse(state).data);
  const names = given.map(nameOf);
  return [
    ...schemaErrors(flowDefinition, definition, "#"),
    ...initialStateErrors(definition, names),
    ...repeatedNames(names),
    ...states.flatMap((state, index) => (state ? stateErrors(state, `#/states/${index}`, names) : [])),
  ];
}

const LEGACY =
  "is an export of the console from before version 2 of the Studio API, with states of types such as MessagePrompt; " +
  "open the Flow in the console and export it again";

const legacyTypes = ["InitialState", "Message", "MessagePrompt", "Branch", "SetVariables", "Function"];

function isLegacy(state: unknown): boolean {
  const { sid, type } = fieldsOf(state);
  return (typeof sid === "string" && sid.startsWith("FF")) || (typeof type === "string" && legacyTypes.includes(type));
}

function statesOf(definition: unknown): unknown[] {
  const { states } = fieldsOf(definition);
  return Array.isArray(states) ? states : [];
}

function nameOf(state: unknown): string | undefined {
  const { name } = fieldsOf(state);
  return typeof name === "string" ? name : undefined;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

type Names = readonly (string | undefined)[];

function initialStateErrors(definition: unknown, names: Names): DefinitionError[] {
  const { initial_state: initial } = fieldsOf(definition);
  if (typeof initial !== "string" || names.length === 0 || names.includes(initial)) return [];
  return [{ path: "#/initial_state", message: `names a widget that does not exist: ${initial}` }];
}

function repeatedNames(names: Names): DefinitionError[] {
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) < index
      ? [{ path: `#/states/${index}/name`, message: `is not unique: ${name}` }]
      : [],
  );
}

function stateErrors(state: FlowState, path: string, names: Names): DefinitionError[] {
  if (!widgetTypes.includes(state.type)) {
    return [
      { path: `${path}/type`, message: `does not have a value in the enumeration [${widgetTypes.join(", ")}]` },
      ...state.transitions.flatMap((one, index) => nextErrors(one, pointer(path, ["transitions", index]), names)),
    ];
  }
  const widget = widgets.get(state.type);
  return [
    ...(widget ? schemaErrors(widget.properties, state.properties, `${path}/properties`) : []),
    ...state.transitions.flatMap((one, index) => {
      const at = pointer(path, ["transitions", index]);
      return [...eventErrors(state, index, at), ...conditionErrors(one, at), ...nextErrors(one, at, names)];
    }),
  ];
}

function nextErrors({ next }: Transition, path: string, names: Names): DefinitionError[] {
  if (!next || names.includes(next)) return [];
  return [{ path: `${path}/next`, message: `names a widget that does not exist: ${next}` }];
}

function eventErrors({ type, transitions }: FlowState, index: number, path: string): DefinitionError[] {
  const event = transitions[index]?.event ?? "";
  const events = eventsOf(type);
  if (events && !events.includes(event)) {
    const message =
      events.length === 1
        ? `must be a constant value ${events[0]}`
        : `does not have a value in the enumeration [${events.join(", ")}]`;
    return [{ path: `${path}/event`, message }];
  }
  const first = transitions.findIndex((one) => one.event === event);
  if (event === "match" || first === index) return [];
  return [{ path: `${path}/event`, message: `is not unique: ${event}` }];
}

/** Only a split's `match` is under conditions. */
function conditionErrors({ event, conditions }: Transition, path: string): DefinitionError[] {
  if (event === "match" && !conditions?.length) {
    return [{ path: `${path}/conditions`, message: "is missing but it is required" }];
  }
  if (event !== "match" && conditions?.length) {
    return [{ path: `${path}/conditions`, message: `is not allowed for the event ${event}` }];
  }
  return [];
}
