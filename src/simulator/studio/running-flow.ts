import type { FlowDefinition, FlowState } from "./definition";
import type { ExecutionRow, StudioStore } from "./rows";

/** The definition an Execution goes by: of the Revision it started with, or of the subflow it is in. */
export function definitionOf({ flows }: StudioStore, execution: ExecutionRow): FlowDefinition {
  const { flowSid, revision } = execution.subflow ?? execution;
  const row = flows.get(flowSid)?.revisions.find((one) => one.revision === revision);
  if (!row) throw new Error(`Execution ${execution.sid} runs a Flow that is gone`);
  return row.definition;
}

export function widgetNamed(store: StudioStore, execution: ExecutionRow, name: string): FlowState {
  const state = definitionOf(store, execution).states.find((one) => one.name === name);
  if (!state) throw new Error(`Execution ${execution.sid} has no widget ${name}`);
  return state;
}
