import type { FlowState } from "../definition";
import type { DefinitionError } from "./schema-errors";

/** All from https://www.twilio.com/docs/studio/subflows */
const MOST_SUBFLOW_WIDGETS = 150;
const MOST_SUBFLOWS = 50;

interface Use {
  path: string;
  flowSid: unknown;
  revision: unknown;
}

/** What is wrong with a Flow's use of subflows as a whole. */
export function subflowErrors(states: readonly (FlowState | undefined)[]): DefinitionError[] {
  const uses = states.flatMap((state, index) => {
    if (state?.type !== "run-subflow") return [];
    const { flow_sid: flowSid, flow_revision: revision } = state.properties;
    return [{ path: `#/states/${index}/properties/flow_revision`, flowSid, revision }];
  });
  const subflows = new Map<unknown, Use>();
  for (const use of uses) if (!subflows.has(use.flowSid)) subflows.set(use.flowSid, use);
  return [
    ...tooMany(uses.length, MOST_SUBFLOW_WIDGETS, "run-subflow widgets"),
    ...tooMany(subflows.size, MOST_SUBFLOWS, "different subflows"),
    ...uses
      .filter(({ flowSid, revision }) => subflows.get(flowSid)?.revision !== revision)
      .map(({ path, flowSid }) => ({ path, message: `is not the revision that other widgets run of ${flowSid}` })),
  ];
}

function tooMany(count: number, most: number, what: string): DefinitionError[] {
  return count > most ? [{ path: "#/states", message: `must have at most ${most} ${what}` }] : [];
}
