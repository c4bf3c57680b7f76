import type { MessageRow } from "../conversations/rows";
import { ApiError, notFound } from "../server/api-error";
import type { World } from "../world";
import { createActiveExecutions } from "./active-executions";
import { type Begun, firstContext, type Trigger } from "./context";
import { createEngine } from "./engine";
import { executionLog } from "./execution-log";
import { fromConversation, fromNumber, type Incoming } from "./incoming";
import type { JsonObject } from "./json";
import { revisionFor } from "./revisions";
import type { ExecutionRow, FlowRow, RevisionRow, StepRow, StudioStore } from "./rows";

export interface NewExecution {
  to: string;
  from: string;
  parameters?: JsonObject;
}

export interface Executions {
  /** A Message of a Conversation that has a webhook with target `studio`. */
  deliver(flowSid: string, message: MessageRow): void;
  /** What the webhook of a number says of a message: https://www.twilio.com/docs/messaging/guides/webhook-request */
  receive(flowSid: string, params: Readonly<Record<string, string>>): void;
  execution(flowSid: string, sid: string): ExecutionRow;
  /** The one that has this Conversation. */
  activeIn(conversationSid: string): ExecutionRow | undefined;
  /** Oldest first. */
  stepsOf(executionSid: string): readonly StepRow[];
  startExecution(flow: FlowRow, request: NewExecution): ExecutionRow;
  endExecution(execution: ExecutionRow, reason: string): void;
  deleteExecution(execution: ExecutionRow): void;
  /** Finds what is under way among rows that were put back. */
  takeUp(): void;
}

type Start = Pick<ExecutionRow, "startedBy" | "conversationSid" | "contactAddress" | "channelAddress">;

/** https://www.twilio.com/docs/api/errors/81023 */
const LONGEST_CONTACT_BYTES = 300;

export function createExecutions(world: World, store: StudioStore): Executions {
  const { flows, executions, steps } = store;
  const active = createActiveExecutions();
  const engine = createEngine(world, store, active);

  /** A message answers the Execution its customer is in, or starts one. */
  function take(flowSid: string, incoming: Incoming, start: Start, busy: ExecutionRow | undefined) {
    if (!busy) return begin(flowSid, incoming, start);
    if (busy.flowSid === flowSid && busy.waitingUntil) return engine.answer(busy, incoming);
    ignore(busy, "message ignored: the current widget takes none", { messageSid: incoming.messageSid, flowSid });
    return undefined;
  }

  function begin(flowSid: string, { event, trigger }: Incoming, start: Start): Promise<void> | undefined {
    const flow = flows.get(flowSid);
    const revision = flow && revisionFor(flow, start.contactAddress);
    if (!flow || !revision) {
      const name = flow ? "message ignored: the Flow was never published" : "message ignored: the Flow is gone";
      const about = start.conversationSid ? { conversationSid: start.conversationSid } : {};
      world.log.add({ kind: "warning", name, ...about, data: { flowSid } });
      return undefined;
    }
    const key = event === "incomingMessage" ? "message" : "conversation";
    return engine.begin(insert(flow, revision, start, { [key]: trigger }));
  }

  function insert(
    flow: FlowRow,
    { revision, friendlyName }: RevisionRow,
    start: Start,
    trigger: Trigger,
    data?: JsonObject,
  ) {
    const now = world.clock.now();
    const begun: Begun & Start = { ...start, sid: world.newSid("FN"), flowSid: flow.sid };
    const execution: ExecutionRow = {
      ...begun,
      revision,
      status: "active",
      reason: null,
      context: firstContext(begun, trigger, data),
      path: [],
      widget: null,
      waitingUntil: null,
      heldOutputs: {},
      subflow: null,
      tie: null,
      handedOff: false,
      createdAt: now,
      updatedAt: now,
    };
    executions.set(execution.sid, execution);
    active.note(execution);
    executionLog(world.log, execution).started({
      flowSid: flow.sid,
      flow: friendlyName,
      revision,
      by: start.startedBy,
    });
    return execution;
  }

  /** https://www.twilio.com/docs/api/errors/81002 */
  function ignore(busy: ExecutionRow, reason: string, data: Record<string, unknown>): void {
    executionLog(world.log, busy).warn(81002, reason, { ...data, widget: busy.widget });
  }

  return {
    deliver(flowSid, message) {
      // Unverified, as Studio's own messages may reach webhooks at all; else every bot would answer itself.
      if (store.ownMessages.has(message.sid)) return;
      world.work.later(() => {
        const { conversationSid } = message;
        const incoming = fromConversation(world, message);
        const addresses = { contactAddress: incoming.from, channelAddress: conversationSid };
        const start = { ...addresses, conversationSid, startedBy: incoming.event };
        return take(flowSid, incoming, start, active.ofConversation(conversationSid));
      });
    },
    receive(flowSid, params) {
      const incoming = fromNumber(params);
      const addresses = { contactAddress: incoming.from, channelAddress: params.To ?? "" };
      const start = { ...addresses, conversationSid: null, startedBy: incoming.event };
      const busy = () => active.ofContact(addresses.contactAddress, addresses.channelAddress);
      world.work.later(() => take(flowSid, incoming, start, busy()));
    },
    execution(flowSid, sid) {
      const execution = executions.get(sid);
      if (execution?.flowSid !== flowSid) throw notFound(`/v2/Flows/${flowSid}/Executions/${sid}`);
      return execution;
    },
    activeIn: active.ofConversation,
    stepsOf: (executionSid) => steps.get(executionSid) ?? [],
    startExecution(flow, { to, from, parameters = {} }) {
      if (Buffer.byteLength(to + from) > LONGEST_CONTACT_BYTES) {
        throw new ApiError(400, 81023, "To and From are longer than 300 bytes together");
      }
      const revision = revisionFor(flow, to);
      // Unverified: Twilio's words for this.
      if (!revision) throw new ApiError(400, 20001, `Flow ${flow.sid} was never published`);
      const running = active.ofContact(to, from);
      if (running) {
        // One at a time for the same To and From, https://www.twilio.com/docs/studio/rest-api/v2/execution; the status is unverified.
        ignore(running, "request ignored: the contact has an active Execution", { flowSid: flow.sid });
        throw new ApiError(409, 20409, `Execution ${running.sid} is active for this To and From`);
      }
      const start = {
        contactAddress: to,
        channelAddress: from,
        conversationSid: null,
        startedBy: "incomingRequest",
      } as const;
      const execution = insert(flow, revision, start, { request: { from, to, parameters } }, parameters);
      world.work.later(() => engine.begin(execution));
      return execution;
    },
    endExecution: (execution, reason) => engine.end(execution, reason),
    deleteExecution(execution) {
      engine.end(execution, "deleted by REST");
      executions.delete(execution.sid);
      steps.delete(execution.sid);
    },
    takeUp() {
      for (const execution of executions.values()) {
        if (execution.status === "ended") continue;
        active.note(execution);
        // It was in the middle of a widget whose answer will never come.
        if (!execution.waitingUntil) engine.end(execution, "it was interrupted");
      }
    },
  };
}
