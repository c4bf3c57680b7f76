import { isJsonObject, type Json, type JsonObject } from "../../../simulator/studio/json";

/** A state as far as it can be read, so that one mistake hides no other. */
export interface LintedState {
  path: string;
  name: string;
  type: string;
  transitions: LintedTransition[];
  properties: JsonObject;
}

export interface LintedTransition {
  path: string;
  event: string;
  /** Empty where it leads nowhere. */
  next: string;
  conditions: { path: string; type: string; argument: string; value: string }[];
}

export function readStates(definition: Json): LintedState[] {
  return objectsIn(isJsonObject(definition) ? definition.states : undefined, "#/states").map(({ path, object }) => ({
    path,
    name: textOf(object.name),
    type: textOf(object.type),
    transitions: objectsIn(object.transitions, `${path}/transitions`).map(readTransition),
    properties: isJsonObject(object.properties) ? object.properties : {},
  }));
}

function readTransition({ path, object }: Placed): LintedTransition {
  const conditions = objectsIn(object.conditions, `${path}/conditions`).map((condition) => {
    const [argument] = Array.isArray(condition.object.arguments) ? condition.object.arguments : [];
    return {
      path: condition.path,
      type: textOf(condition.object.type),
      argument: textOf(argument),
      value: textOf(condition.object.value),
    };
  });
  return { path, event: textOf(object.event), next: textOf(object.next), conditions };
}

interface Placed {
  path: string;
  object: JsonObject;
}

function objectsIn(value: Json | undefined, path: string): Placed[] {
  const items = Array.isArray(value) ? value : [];
  return items.flatMap((object, index) => (isJsonObject(object) ? [{ path: `${path}/${index}`, object }] : []));
}

/** What is no text counts as empty. */
export const textOf = (value: Json | undefined) => (typeof value === "string" ? value : "");
