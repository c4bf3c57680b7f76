import type { JsonObject } from "./json";
import type { ExecutionRow, SubflowRow } from "./rows";

/** What Liquid sees in a Flow. The names are Twilio's: https://www.twilio.com/docs/studio/user-guide/liquid-template-language */
export interface ExecutionContext {
  readonly trigger: Trigger;
  readonly flow: {
    /** The Execution's SID; the Flow's own is `flow_sid`. */
    readonly sid: string;
    readonly flow_sid: string;
    /** `sid` is the Conversation's, where there is one: https://www.twilio.com/docs/studio/widget-library/start-conversation */
    readonly channel: { readonly address: string; readonly sid?: string };
    readonly data: JsonObject;
    readonly variables: JsonObject;
  };
  readonly contact: { readonly channel: { readonly address: string } };
  /** Outputs by widget name. */
  readonly widgets: Readonly<Record<string, JsonObject>>;
}

export interface Trigger {
  readonly conversation?: JsonObject;
  readonly message?: JsonObject;
  readonly request?: JsonObject;
  readonly parent?: JsonObject;
}

/** What an Execution is before it has a context. */
export type Begun = Pick<ExecutionRow, "sid" | "flowSid" | "conversationSid" | "contactAddress" | "channelAddress">;

export function firstContext(begun: Begun, trigger: Trigger, data: JsonObject = {}): ExecutionContext {
  const { conversationSid, channelAddress, contactAddress } = begun;
  return {
    trigger,
    flow: {
      sid: begun.sid,
      flow_sid: begun.flowSid,
      channel: { address: channelAddress, ...(conversationSid ? { sid: conversationSid } : {}) },
      data,
      variables: {},
    },
    contact: { channel: { address: contactAddress } },
    widgets: {},
  };
}

/** A subflow starts with its parent's trigger and contact, but without its variables: https://www.twilio.com/docs/studio/subflows */
export function subflowContext(
  { sid, flowSid, startedBy }: ExecutionRow,
  { flowSid: subflowSid, stepSid, parentContext }: SubflowRow,
  parameters: JsonObject,
): ExecutionContext {
  const { trigger, flow, contact } = parentContext;
  const parent = { parameters, step_sid: stepSid, execution_sid: sid, flow_sid: flowSid, trigger_type: startedBy };
  return {
    trigger: { ...trigger, parent },
    flow: { ...flow, flow_sid: subflowSid, variables: {} },
    contact,
    widgets: {},
  };
}

interface Change {
  outputs?: JsonObject;
  variables?: JsonObject;
  trigger?: Trigger;
}

/** The context after a widget; what did not change is shared with the one before. */
export function contextAfter(context: ExecutionContext, widget: string, change: Change): ExecutionContext {
  const { outputs, variables, trigger } = change;
  const { flow, widgets } = context;
  return {
    ...context,
    ...(trigger ? { trigger: { ...context.trigger, ...trigger } } : {}),
    ...(outputs ? { widgets: { ...widgets, [widget]: outputs } } : {}),
    ...(variables ? { flow: { ...flow, variables: { ...flow.variables, ...variables } } } : {}),
  };
}

export function withConversation(context: ExecutionContext, conversationSid: string): ExecutionContext {
  const { flow } = context;
  return { ...context, flow: { ...flow, channel: { ...flow.channel, sid: conversationSid } } };
}
