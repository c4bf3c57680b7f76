import { FlowSourceError, renderFlow, type Token } from "../../../deploy/flow-source";
import { isJsonObject, type Json } from "../../../simulator/studio/json";
import { validateDefinition } from "../../../simulator/studio/validate-definition";
import { LEGACY } from "../../../simulator/studio/validation/legacy";
import type { DefinitionError } from "../../../simulator/studio/validation/schema-errors";
import { type FlowGraph, graphOf, reach } from "./graph";
import { type LintedState, readStates, textOf } from "./read-states";
import { type Text, textsOf } from "./texts";

/** A Flow with what rules ask of it. */
export interface LintedFlow {
  /** As it stands in the file. */
  source: Json;
  /** One of our own sources, which are to run in any account. */
  ours: boolean;
  /** Those it is known to serve: `sms`, `telegram`. */
  channels: readonly string[];
  /** The first token that is none. */
  wrongToken?: DefinitionError;
  /** What Studio's own validation says. */
  faults: readonly DefinitionError[];
  states: readonly LintedState[];
  texts: readonly Text[];
  graph: FlowGraph;
  /** Names of all that an Execution can come to. */
  reachable: ReadonlySet<string>;
}

export interface Given {
  definition: Json;
  ours: boolean;
  channels: readonly string[];
}

/** What Studio's REST API answers of a Flow holds the Flow itself: https://www.twilio.com/docs/studio/rest-api/v2/flow */
const WRAPPED: DefinitionError = { path: "#", message: "holds a Flow under its key `definition`, and is none itself" };

const isWrapped = (given: Json) => isJsonObject(given) && isJsonObject(given.definition) && given.states === undefined;

export function lintedFlow({ definition: source, ours, channels }: Given): LintedFlow {
  const { definition, wrongToken } = rendered(source, ours);
  const faults = isWrapped(definition) ? [WRAPPED] : validateDefinition(definition);
  const isOther = faults.some(({ message }) => message === LEGACY || message === WRAPPED.message);
  // Of what is no Flow of today there is one thing to say.
  const states = isOther ? [] : readStates(definition);
  const graph = graphOf(states);
  const initial = isJsonObject(definition) ? textOf(definition.initial_state) : "";
  return {
    source: isOther ? null : source,
    ...{ ours, channels, wrongToken, faults, states, graph },
    texts: states.flatMap(textsOf),
    reachable: reach(graph.next, [initial]),
  };
}

function rendered(source: Json, ours: boolean): { definition: Json; wrongToken?: DefinitionError } {
  if (!ours || !isJsonObject(source)) return { definition: source };
  try {
    return { definition: renderFlow({ name: "", definition: source }, exampleOf) };
  } catch (error) {
    if (!(error instanceof FlowSourceError)) throw error;
    return { definition: source, wrongToken: { path: error.where, message: error.problem } };
  }
}

/** Something that a token may stand for, so that rules see what Studio will. */
function exampleOf({ kind, name }: Token): string {
  const prefixes = { workflow: "WW", "task-channel": "TC", flow: "FW" };
  return kind === "function" ? `https://functions.example/${name}` : prefixes[kind] + "0".repeat(32);
}
