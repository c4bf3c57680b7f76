import type { World } from "../world";
import { createExecutions, type Executions } from "./executions";
import { createFlows, type Flows } from "./flows";
import type { ExecutionRow, FlowRow, StepRow, StudioStore } from "./rows";

/**
 * Studio: the Flows of the account and the Executions that run them. A customer's message starts an Execution, answers a
 * waiting one, or is ignored (81002). Unknown SIDs and refusals throw ApiError with Twilio's codes.
 */
export interface Studio extends Flows, Executions {
  readonly store: StudioStore;
  readonly flows: ReadonlyMap<string, FlowRow>;
  readonly executions: ReadonlyMap<string, ExecutionRow>;
  /** By Execution. */
  readonly steps: ReadonlyMap<string, readonly StepRow[]>;
  hasFlow(flowSid: string): boolean;
}

export function createStudio(world: World): Studio {
  const store: StudioStore = world.memory.keep("studio", {
    flows: new Map(),
    executions: new Map(),
    steps: new Map(),
    ownMessages: new Set(),
  });
  const flows = createFlows(world, store.flows);
  const executions = createExecutions(world, store);
  world.memory.afterRestore("studio", executions.takeUp);
  return {
    store,
    flows: store.flows,
    executions: store.executions,
    steps: store.steps,
    ...flows,
    ...executions,
    hasFlow: (flowSid) => store.flows.has(flowSid),
    deleteFlow(sid) {
      flows.deleteFlow(sid);
      // Unverified: what becomes of Executions under way.
      for (const execution of store.executions.values()) {
        if ([execution.flowSid, execution.subflow?.flowSid].includes(sid)) {
          executions.endExecution(execution, "its Flow was deleted");
        }
      }
    },
  };
}
