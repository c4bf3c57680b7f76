import type { MessageRow } from "../conversations/rows";
import { ApiError, notFound } from "../server/api-error";
import type { World } from "../world";
import { type Begun, type ExecutionContext, messageContext, requestContext, senderOf } from "./context";
import { createEngine } from "./engine";
import { executionLog } from "./execution-log";
import { publishedRevision } from "./flows";
import type { JsonObject } from "./json";
import type { ExecutionRow, FlowRow, StepRow } from "./rows";

export interface NewExecution {
  to: string;
  from: string;
  parameters?: JsonObject;
}

export interface Executions {
  deliver(flowSid: string, message: MessageRow): void;
  execution(flowSid: string, sid: string): ExecutionRow;
  /** Oldest first. */
  stepsOf(executionSid: string): StepRow[];
  startExecution(flow: FlowRow, request: NewExecution): ExecutionRow;
  endExecution(execution: ExecutionRow, reason: string): void;
  deleteExecution(execution: ExecutionRow): void;
}

export interface StudioStore {
  flows: Map<string, FlowRow>;
  executions: Map<string, ExecutionRow>;
  steps: Map<string, StepRow>;
}

type Start = Pick<ExecutionRow, "startedBy" | "conversationSid" | "contactAddress" | "channelAddress">;

/** https://www.twilio.com/docs/api/errors/81023 */
const LONGEST_CONTACT_BYTES = 300;

export function createExecutions(world: World, { flows, executions, steps }: StudioStore): Executions {
  const engine = createEngine(world, steps);
  const active = (is: (execution: ExecutionRow) => boolean) =>
    [...executions.values()].find((execution) => execution.status === "active" && is(execution));

  function take(flowSid: string, message: MessageRow): Promise<void> | undefined {
    // Unverified, as Studio's own messages may reach webhooks at all; else every bot would answer itself.
    if (engine.posted(message.sid)) return undefined;
    const busy = active(({ conversationSid }) => conversationSid === message.conversationSid);
    if (!busy) return startOn(flowSid, message);
    if (busy.flowSid === flowSid && engine.isWaiting(busy)) return engine.answer(busy, message);
    // https://www.twilio.com/docs/api/errors/81002
    const data = { messageSid: message.sid, flowSid, widget: busy.path.at(-1) };
    executionLog(world.log, busy).warn(81002, "message ignored: the current widget takes none", data);
    return undefined;
  }

  function startOn(flowSid: string, message: MessageRow): Promise<void> | undefined {
    const flow = flows.get(flowSid);
    const { conversationSid } = message;
    if (!flow || !publishedRevision(flow)) {
      const name = flow ? "message ignored: the Flow was never published" : "message ignored: the Flow is gone";
      world.log.add({ kind: "warning", name, conversationSid, data: { flowSid } });
      return undefined;
    }
    const addresses = { contactAddress: senderOf(world, message), channelAddress: conversationSid };
    const start = { ...addresses, conversationSid, startedBy: "incomingConversationMessage" } as const;
    return engine.begin(insert(flow, start, (begun) => messageContext(world, begun, message)));
  }

  function insert(flow: FlowRow, start: Start, contextOf: (begun: Begun) => ExecutionContext): ExecutionRow {
    const published = publishedRevision(flow);
    // Unverified: Twilio's words for this.
    if (!published) throw new ApiError(400, 20001, `Flow ${flow.sid} was never published`);
    const now = world.clock.now();
    const begun = { ...start, sid: world.newSid("FN"), flowSid: flow.sid };
    const execution: ExecutionRow = {
      ...begun,
      revision: published.revision,
      definition: published.definition,
      status: "active",
      reason: null,
      context: contextOf(begun),
      path: [],
      waitingUntil: null,
      createdAt: now,
      updatedAt: now,
    };
    executions.set(execution.sid, execution);
    const { revision, friendlyName } = published;
    executionLog(world.log, execution).started({
      flowSid: flow.sid,
      flow: friendlyName,
      revision,
      by: start.startedBy,
    });
    return execution;
  }

  return {
    deliver: (flowSid, message) => world.work.later(() => take(flowSid, message)),
    execution(flowSid, sid) {
      const execution = executions.get(sid);
      if (execution?.flowSid !== flowSid) throw notFound(`/v2/Flows/${flowSid}/Executions/${sid}`);
      return execution;
    },
    stepsOf: (executionSid) => [...steps.values()].filter((step) => step.executionSid === executionSid),
    startExecution(flow, { to, from, parameters = {} }) {
      if (Buffer.byteLength(to + from) > LONGEST_CONTACT_BYTES) {
        throw new ApiError(400, 81023, "To and From are longer than 300 bytes together");
      }
      // One at a time for the same To and From, https://www.twilio.com/docs/studio/rest-api/v2/execution; the code is unverified.
      const running = active(({ contactAddress, channelAddress }) => contactAddress === to && channelAddress === from);
      if (running) throw new ApiError(409, 20409, `Execution ${running.sid} is active for this To and From`);
      const addresses = { contactAddress: to, channelAddress: from };
      const start = { ...addresses, conversationSid: null, startedBy: "incomingRequest" } as const;
      const execution = insert(flow, start, (begun) => requestContext(begun, parameters));
      world.work.later(() => engine.begin(execution));
      return execution;
    },
    endExecution: (execution, reason) => engine.end(execution, reason),
    deleteExecution(execution) {
      engine.end(execution, "deleted by REST");
      executions.delete(execution.sid);
      for (const { sid, executionSid } of steps.values()) if (executionSid === execution.sid) steps.delete(sid);
    },
  };
}
