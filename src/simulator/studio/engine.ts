import type { World } from "../world";
import type { ActiveExecutions } from "./active-executions";
import { contextAfter, subflowContext } from "./context";
import type { FlowState } from "./definition";
import { executionLog } from "./execution-log";
import type { Incoming } from "./incoming";
import { lastMoment, limitReached } from "./limits";
import { createLiquid } from "./liquid";
import type { ExecutionRow, StudioStore } from "./rows";
import { definitionOf, widgetNamed } from "./running-flow";
import { letGo } from "./tie";
import { widgetRun } from "./widget-run";
import { widgets } from "./widgets/registry";
import type { Descent, Finished, Outcome, Waiting, Wake } from "./widgets/widget";

/** Walks Executions through their Flows, widget by widget, until they wait or end. */
export interface Engine {
  begin(execution: ExecutionRow): Promise<void>;
  /** Hands a message to an Execution that waits for one. */
  answer(execution: ExecutionRow, incoming: Incoming): Promise<void>;
  /** Ends an active Execution and whatever wait it is in. */
  end(execution: ExecutionRow, reason: string): void;
}

export function createEngine(world: World, store: StudioStore, active: ActiveExecutions): Engine {
  /** By the waiting Execution's SID. All else about a wait is in its row. */
  const patience = world.alarms.bell("Studio wait", (sid) => {
    const execution = store.executions.get(sid);
    if (!execution) return;
    const { waitingUntil } = execution;
    world.work.later(() => (execution.waitingUntil === waitingUntil ? wake(execution, { by: "timeout" }) : undefined));
  });
  const liquid = createLiquid(world);
  const runOf = (execution: ExecutionRow, state: FlowState) =>
    widgetRun({ world, store, active, liquid }, execution, state);

  async function walk(execution: ExecutionRow, first: string | undefined): Promise<void> {
    try {
      for (let name = first; name !== undefined; ) name = await pass(execution, name);
    } catch (failure) {
      end(execution, "the simulator failed");
      throw failure;
    }
  }

  /** Runs one widget; answers the next one's name, or nothing where the Execution waits or has ended. */
  async function pass(execution: ExecutionRow, name: string): Promise<string | undefined> {
    if (stoppedByLimit(execution, name)) return undefined;
    execution.widget = name;
    execution.path.push(entryOf(execution, name));
    const state = widgetNamed(store, execution, name);
    const widget = widgets.get(state.type);
    if (!widget) {
      executionLog(world.log, execution).notSimulated(`widget ${state.type}`, { widget: name });
      end(execution, `${name} does not run here`);
      return undefined;
    }
    const startedAt = performance.now();
    const outcome = await widget.enter(runOf(execution, state));
    // REST may have ended it while the widget was out.
    return execution.status === "ended" ? undefined : follow(execution, state, outcome, performance.now() - startedAt);
  }

  function follow(execution: ExecutionRow, state: FlowState, outcome: Outcome, ms: number): string | undefined {
    if ("waitMs" in outcome) return rest(execution, outcome);
    if ("subflow" in outcome) return descend(execution, outcome);
    return leave(execution, state, outcome, { sid: world.newSid("FT"), ms });
  }

  function leave(
    execution: ExecutionRow,
    state: FlowState,
    finished: Finished,
    step: { sid: string; ms: number },
  ): string | undefined {
    const { event, transition = state.transitions.find((one) => one.event === event) } = finished;
    const next = transition?.next || undefined;
    execution.context = contextAfter(execution.context, state.name, finished);
    execution.updatedAt = world.clock.now();
    const steps = store.steps.get(execution.sid) ?? [];
    store.steps.set(execution.sid, steps);
    steps.push({
      sid: step.sid,
      flowSid: execution.flowSid,
      executionSid: execution.sid,
      parentStepSid: execution.subflow?.stepSid ?? null,
      event,
      widgetType: state.type,
      from: state.name,
      to: next ?? null,
      context: execution.context,
      createdAt: execution.updatedAt,
    });
    executionLog(world.log, execution).left(`${state.type} ${state.name}`, event, Math.round(step.ms));
    if (next !== undefined) return next;
    if (execution.subflow) return ascend(execution, execution.subflow);
    end(execution, `${state.name} has nothing after ${event}`);
    return undefined;
  }

  function rest(execution: ExecutionRow, { waitMs, held }: Waiting): undefined {
    execution.heldOutputs = held;
    execution.waitingUntil = new Date(Math.min(world.clock.ms() + waitMs, lastMoment(execution)));
    patience.set(execution.sid, execution.waitingUntil);
  }

  async function wake(execution: ExecutionRow, by: Wake): Promise<void> {
    if (by.by === "timeout" && world.clock.ms() >= lastMoment(execution)) return end(execution, "30 days are over");
    const state = widgetNamed(store, execution, execution.widget ?? "");
    const finished = widgets.get(state.type)?.wake?.(runOf(execution, state), by, execution.heldOutputs);
    if (!finished) return;
    stopWaiting(execution);
    await walk(execution, leave(execution, state, finished, { sid: world.newSid("FT"), ms: 0 }));
  }

  function stopWaiting(execution: ExecutionRow): void {
    patience.cancel(execution.sid);
    execution.waitingUntil = null;
    execution.heldOutputs = {};
  }

  /** https://www.twilio.com/docs/studio/subflows */
  function descend(execution: ExecutionRow, { subflow, parameters }: Descent): string {
    const { context: parentContext } = execution;
    execution.subflow = { ...subflow, widget: execution.widget ?? "", stepSid: world.newSid("FT"), parentContext };
    execution.context = subflowContext(execution, execution.subflow, parameters);
    return definitionOf(store, execution).initial_state;
  }

  /** What the subflow has set becomes the outputs of the parent's widget. */
  function ascend(execution: ExecutionRow, subflow: NonNullable<ExecutionRow["subflow"]>): string | undefined {
    const { variables, channel } = execution.context.flow;
    const { parentContext } = subflow;
    execution.subflow = null;
    execution.context = { ...parentContext, flow: { ...parentContext.flow, channel } };
    execution.widget = subflow.widget;
    const state = widgetNamed(store, execution, subflow.widget);
    return leave(execution, state, { event: "completed", outputs: variables }, { sid: subflow.stepSid, ms: 0 });
  }

  function stoppedByLimit(execution: ExecutionRow, name: string): boolean {
    const limit = limitReached(execution, entryOf(execution, name));
    if (!limit) return false;
    executionLog(world.log, execution).warn(limit.code, limit.reason, { widget: name });
    end(execution, limit.reason);
    return true;
  }

  function end(execution: ExecutionRow, reason: string): void {
    if (execution.status === "ended") return;
    stopWaiting(execution);
    Object.assign(execution, { status: "ended", reason, updatedAt: world.clock.now() });
    active.forget(execution);
    letGo(world, execution);
    executionLog(world.log, execution).ended(reason);
  }

  return {
    begin: (execution) => walk(execution, definitionOf(store, execution).initial_state),
    answer: (execution, incoming) => wake(execution, { by: "message", incoming }),
    end,
  };
}

const entryOf = ({ subflow }: ExecutionRow, name: string) => (subflow ? `${subflow.widget}.${name}` : name);
