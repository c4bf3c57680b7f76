import { type FlowState, flowDefinition, flowState } from "./definition";
import { isLegacy, LEGACY } from "./validation/legacy";
import { restOnlyErrors } from "./validation/rest-only";
import { type DefinitionError, schemaErrors } from "./validation/schema-errors";
import { stateErrors } from "./validation/state-errors";
import { subflowErrors } from "./validation/subflow-errors";

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
  const known = new Set(names);
  return [
    ...schemaErrors(flowDefinition, definition, "#"),
    ...initialStateErrors(definition, names),
    ...repeatedNames(names),
    ...states.flatMap((state, index) => (state ? stateErrors(state, `#/states/${index}`, known) : [])),
    ...subflowErrors(states),
    ...restOnlyErrors(states),
  ];
}

/** What Twilio takes, though nobody knows how it works there. */
export function definitionWarnings({ states }: { states: readonly FlowState[] }): DefinitionError[] {
  return states.flatMap(({ transitions }, state) =>
    transitions.flatMap(({ conditions }, index) =>
      (conditions?.length ?? 0) > 1
        ? [
            {
              path: `#/states/${state}/transitions/${index}/conditions`,
              message: "has several conditions: whether all must hold is not documented",
            },
          ]
        : [],
    ),
  );
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
  const seen = new Set<string>();
  return names.flatMap((name, index) => {
    if (name === undefined || !seen.has(name)) {
      if (name !== undefined) seen.add(name);
      return [];
    }
    return [{ path: `#/states/${index}/name`, message: `is not unique: ${name}` }];
  });
}
