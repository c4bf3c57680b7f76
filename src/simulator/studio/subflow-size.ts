import type { FlowDefinition } from "./definition";
import { revisionNamed } from "./revisions";
import type { FlowRow } from "./rows";

/** The widgets of a Flow, with those of each subflow it runs; a subflow that cannot be found counts nothing. */
export function widgetsWithSubflows(flows: ReadonlyMap<string, FlowRow>, { states }: FlowDefinition): number {
  const subflows = new Map(
    states
      .filter(({ type }) => type === "run-subflow")
      .map(({ properties }) => [String(properties.flow_sid), String(properties.flow_revision)]),
  );
  let count = states.length;
  for (const [sid, revision] of subflows) {
    const flow = flows.get(sid);
    count += (flow && revisionNamed(flow, revision)?.definition.states.length) ?? 0;
  }
  return count;
}
