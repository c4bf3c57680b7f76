import type { LogEntry } from "../../../simulator/event-log";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../../../simulator/studio/json";
import { createLiquid } from "../../../simulator/studio/liquid";
import type { ExecutionRow, StepRow } from "../../../simulator/studio/rows";
import { definitionOf } from "../../../simulator/studio/running-flow";
import type { World } from "../../../simulator/world";
import type { Entrance, Said } from "./entrance";

/** What came of a play, as `flows run --json` prints it. */
export interface FlowRun {
  file: string;
  startedBy: string;
  executions: RunExecution[];
  messages: Said[];
  warnings: { code: number | null; level: string; message: string; widget: string | null }[];
  tasks: RunTask[];
  notes: string[];
  /** The open facts about Twilio that it met. */
  openFacts: string[];
}

export interface RunExecution {
  sid: string;
  status: "waiting" | "ended";
  /** Why it ended, or what it waits for. */
  reason: string;
  steps: RunStep[];
}

export interface RunStep {
  widget: string;
  type: string;
  /** Null where it still waits. */
  event: string | null;
  to: string | null;
  /** The widget that runs the subflow this one is in. */
  within: string | null;
  /** The widget's properties as Liquid has rendered them. */
  inputs: JsonObject;
  outputs: Json;
}

interface RunTask {
  sid: string;
  workflow: string;
  queue: string;
  channel: string;
  priority: number;
  timeout: number;
  status: string;
  attributes: Json;
}

export function reportOf(world: World, log: readonly LogEntry[], entrance: Entrance): Omit<FlowRun, "file" | "notes"> {
  const executions = [...world.studio.executions.values()];
  return {
    startedBy: entrance.startedBy,
    executions: executions.map((execution) => executionOf(world, execution)),
    messages: entrance.said(),
    warnings: log.filter(({ kind }) => kind === "warning").map(warningOf),
    tasks: tasksOf(world),
    openFacts: [...world.openFacts].sort(),
  };
}

function executionOf(world: World, execution: ExecutionRow): RunExecution {
  const { sid, waitingUntil, widget, reason } = execution;
  const left = world.studio.stepsOf(sid);
  const steps = left.map((step, index) => stepOf(world, execution, step, contextBefore(left, index, execution)));
  if (!waitingUntil) return { sid, status: "ended", reason: reason ?? "", steps };
  const waits = `${widget} waits for a reply until ${waitingUntil.toISOString()}`;
  return { sid, status: "waiting", reason: waits, steps: [...steps, waitingStep(world, execution)] };
}

type Context = ExecutionRow["context"];

/** What Liquid saw when a step began: what the step before it on the same level has left. */
function contextBefore(steps: readonly StepRow[], index: number, execution: ExecutionRow): Context {
  const parent = steps[index]?.parentStepSid;
  const before = steps.slice(0, index).findLast(({ parentStepSid }) => parentStepSid === parent);
  return before?.context ?? { ...execution.context, widgets: {} };
}

function stepOf(world: World, { sid }: ExecutionRow, step: StepRow, before: Context): RunStep {
  const { from, widgetType, event, to, parentStepSid } = step;
  const parent = world.studio.stepsOf(sid).find((one) => one.sid === parentStepSid);
  const state = statesOf(world, step).find(({ name }) => name === from);
  return {
    ...{ widget: from, type: widgetType, event, to },
    within: parentStepSid ? (parent?.from ?? "") : null,
    inputs: rendered(state?.properties ?? {}, before, step.createdAt),
    outputs: step.context.widgets[from] ?? null,
  };
}

/** Of the Flow the step was in, as it is now: nothing changes it during a play. */
function statesOf({ studio }: World, { flowSid, parentStepSid, context }: StepRow) {
  const sid = parentStepSid ? context.flow.flow_sid : flowSid;
  return studio.flows.get(sid)?.revisions.at(-1)?.definition.states ?? [];
}

function waitingStep({ studio, clock }: World, execution: ExecutionRow): RunStep {
  const { widget, context, heldOutputs, subflow } = execution;
  const state = definitionOf(studio.store, execution).states.find(({ name }) => name === widget);
  return {
    ...{ widget: widget ?? "", type: state?.type ?? "", event: null, to: null, within: subflow?.widget ?? null },
    inputs: rendered(state?.properties ?? {}, context, clock.now()),
    outputs: heldOutputs,
  };
}

function rendered({ offset: _, ...properties }: Record<string, unknown>, context: Context, at: Date): JsonObject {
  const liquid = createLiquid({ clock: { now: () => at } });
  const walk = (value: unknown): Json => {
    if (typeof value === "string") {
      const result = liquid(value, context);
      return "text" in result ? result.text : `(Liquid: ${result.failure})`;
    }
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return (value ?? null) as Json;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item)]));
  };
  const inputs = walk(properties);
  return isJsonObject(inputs) ? inputs : {};
}

function warningOf({ name, data = {} }: LogEntry): FlowRun["warnings"][number] {
  const { code, level, widget } = data;
  return {
    code: typeof code === "number" ? code : null,
    level: typeof level === "string" ? level : "warning",
    message: name.replace(/^\d{5} /, ""),
    widget: typeof widget === "string" ? widget : null,
  };
}

function tasksOf({ taskrouter }: World): RunTask[] {
  return [...taskrouter.tasks.values()].map((task) => ({
    sid: task.sid,
    workflow: taskrouter.workflows.get(task.workflowSid ?? "")?.friendlyName ?? "",
    queue: taskrouter.queues.get(task.queueSid ?? "")?.friendlyName ?? "",
    channel: taskrouter.taskChannels.get(task.taskChannelSid)?.uniqueName ?? "",
    priority: task.priority,
    timeout: task.timeout,
    status: task.status,
    attributes: parseJson(task.attributes) ?? task.attributes,
  }));
}
