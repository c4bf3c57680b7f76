import type { Alarm } from "../clock";
import type { MessageRow } from "../conversations/rows";
import type { World } from "../world";
import type { FlowState } from "./definition";
import { executionLog } from "./execution-log";
import { createLiquid } from "./liquid";
import type { ExecutionRow, StepRow } from "./rows";
import { widgets } from "./widgets/registry";
import type { Finished, Waiting, WidgetRun } from "./widgets/widget";

/** Walks Executions through their Flows, widget by widget, until they wait or end. */
export interface Engine {
  begin(execution: ExecutionRow): Promise<void>;
  isWaiting(execution: ExecutionRow): boolean;
  /** Hands a Message to an Execution that waits for one. */
  answer(execution: ExecutionRow, message: MessageRow): Promise<void>;
  /** Ends an active Execution and whatever wait it is in. */
  end(execution: ExecutionRow, reason: string): void;
  /** True for Messages that Studio posted itself. */
  posted(messageSid: string): boolean;
}

/** Both from https://www.twilio.com/docs/studio/user-guide/studio-faq */
const MOST_STEPS = 1000;
const MOST_IN_A_ROW = 10;

interface Wait {
  alarm: Alarm;
  answer(message: MessageRow): Promise<void>;
}

export function createEngine(world: World, steps: Map<string, StepRow>): Engine {
  const waits = new Map<string, Wait>();
  const ownMessages = new Set<string>();
  const render = createLiquid(() => world.clock.now());

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
    execution.path.push(name);
    const state = execution.definition.states.find((one) => one.name === name);
    const widget = state && widgets.get(state.type);
    if (!state || !widget) {
      executionLog(world.log, execution).notSimulated(`widget ${state?.type ?? name}`, { widget: name });
      end(execution, `${name} does not run here`);
      return undefined;
    }
    const startedAt = performance.now();
    const outcome = await widget.enter(runOf(execution, state));
    const ms = Math.round(performance.now() - startedAt);
    // REST may have ended it while the widget was out.
    if (execution.status === "ended") return undefined;
    if ("waitMs" in outcome) return rest(execution, state, outcome, ms);
    return leave(execution, state, outcome, ms);
  }

  function leave(execution: ExecutionRow, state: FlowState, finished: Finished, ms: number): string | undefined {
    const { event, outputs, variables } = finished;
    const { context } = execution;
    if (outputs) context.widgets[state.name] = outputs;
    Object.assign(context.flow.variables, variables);
    const transition = finished.transition ?? state.transitions.find((one) => one.event === event);
    const next = transition?.next || undefined;
    const now = world.clock.now();
    execution.updatedAt = now;
    const step: StepRow = {
      sid: world.newSid("FT"),
      flowSid: execution.flowSid,
      executionSid: execution.sid,
      event,
      widgetType: state.type,
      from: state.name,
      to: next ?? null,
      context: structuredClone(context),
      createdAt: now,
    };
    steps.set(step.sid, step);
    executionLog(world.log, execution).left(`${state.type} ${state.name}`, event, ms);
    if (next === undefined) end(execution, `${state.name} has nothing after ${event}`);
    return next;
  }

  function rest(execution: ExecutionRow, state: FlowState, waiting: Waiting, ms: number): undefined {
    const resume = async (finish: () => Finished) => {
      if (waits.get(execution.sid) !== wait) return;
      stopWaiting(execution);
      await walk(execution, leave(execution, state, finish(), ms));
    };
    const wait: Wait = {
      alarm: world.clock.schedule(waiting.waitMs, () => world.work.later(() => resume(waiting.onTimeout))),
      answer: (message) => resume(() => waiting.onMessage(message)),
    };
    waits.set(execution.sid, wait);
    execution.waitingUntil = new Date(world.clock.ms() + waiting.waitMs);
  }

  function stopWaiting(execution: ExecutionRow): void {
    waits.get(execution.sid)?.alarm.cancel();
    waits.delete(execution.sid);
    execution.waitingUntil = null;
  }

  function end(execution: ExecutionRow, reason: string): void {
    if (execution.status === "ended") return;
    stopWaiting(execution);
    Object.assign(execution, { status: "ended", reason, updatedAt: world.clock.now() } satisfies Partial<ExecutionRow>);
    executionLog(world.log, execution).ended(reason);
  }

  function stoppedByLimit(execution: ExecutionRow, name: string): boolean {
    const limit = limitReached(execution.path, name);
    if (!limit) return false;
    executionLog(world.log, execution).warn(limit.code, limit.reason, { widget: name });
    end(execution, limit.reason);
    return true;
  }

  function runOf(execution: ExecutionRow, state: FlowState): WidgetRun {
    const log = executionLog(world.log, execution);
    const about = { widget: state.name };
    return {
      world,
      execution,
      state,
      render(template) {
        const rendered = render(template ?? "", execution.context);
        if ("text" in rendered) return rendered.text;
        // Unverified: the text a wrong template leaves. It is only a warning, so the Flow goes on.
        log.warn(81018, `Liquid: ${rendered.failure}`, about);
        return "";
      },
      post(conversationSid, message) {
        const row = world.conversations.addMessage(conversationSid, {
          ...message,
          source: "API",
          fromStudio: true,
          webhooks: world.switches.studioMessagesReachWebhooks,
        });
        ownMessages.add(row.sid);
        return row;
      },
      warn: (code, message) => log.warn(code, message, about),
      notSimulated: (what) => log.notSimulated(what, about),
    };
  }

  return {
    begin: (execution) => walk(execution, execution.definition.initial_state),
    isWaiting: ({ sid }) => waits.has(sid),
    answer: async ({ sid }, message) => waits.get(sid)?.answer(message),
    end,
    posted: (messageSid) => ownMessages.has(messageSid),
  };
}

/** 81000, 81001: https://www.twilio.com/docs/api/errors/81001 */
function limitReached(path: readonly string[], name: string): { code: number; reason: string } | undefined {
  if (path.length >= MOST_STEPS) return { code: 81000, reason: `more than ${MOST_STEPS} steps` };
  const last = path.slice(-MOST_IN_A_ROW);
  if (last.length < MOST_IN_A_ROW || last.some((one) => one !== name)) return undefined;
  return { code: 81001, reason: `the same widget ran ${MOST_IN_A_ROW} times in a row` };
}
