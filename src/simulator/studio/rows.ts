import type { ExecutionContext } from "./context";
import type { FlowDefinition } from "./definition";
import type { JsonObject } from "./json";

export type FlowStatus = "draft" | "published";

export interface FlowRow {
  sid: string;
  /** Oldest first; the last one is what a fetch of the Flow shows. */
  revisions: RevisionRow[];
  /** Contact addresses that get the newest Revision, a draft too. */
  testUsers: string[];
  createdAt: Date;
  updatedAt: Date;
}

export interface RevisionRow {
  /** From 1 on. */
  revision: number;
  friendlyName: string;
  status: FlowStatus;
  definition: FlowDefinition;
  commitMessage: string | null;
  createdAt: Date;
}

/** What set an Execution off: the event its trigger leaves by. */
export type StartEvent = "incomingConversationMessage" | "incomingMessage" | "incomingRequest";

/** All that an Execution is. It can be taken up again from here, wherever it waits. */
export interface ExecutionRow {
  sid: string;
  flowSid: string;
  /** It keeps the Revision it started with. */
  revision: number;
  startedBy: StartEvent;
  /** Null outside of Conversations. */
  conversationSid: string | null;
  /** The customer's side, and ours. */
  contactAddress: string;
  channelAddress: string;
  status: "active" | "ended";
  /** Why it ended. */
  reason: string | null;
  /** Never changed in place: each step has the one it left behind. */
  context: ExecutionContext;
  /** Names of the widgets it entered, oldest first; those of a subflow after the name of the widget that runs it. */
  path: string[];
  /** The widget it is in. */
  widget: string | null;
  /** Until when that widget waits, and its outputs so far. */
  waitingUntil: Date | null;
  heldOutputs: JsonObject;
  /** The subflow it is in. */
  subflow: SubflowRow | null;
  /** The Conversation that it started or resumed by itself, and lets go of at its end. */
  tie: TieRow | null;
  /** That Conversation has gone to an agent. */
  handedOff: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export interface SubflowRow {
  flowSid: string;
  revision: number;
  /** The parent's widget that runs it, and the step that this will be. */
  widget: string;
  stepSid: string;
  parentContext: ExecutionContext;
}

export interface TieRow {
  webhookSid: string;
  closes: boolean;
}

export interface StepRow {
  sid: string;
  flowSid: string;
  executionSid: string;
  /** Of the widget that ran the subflow it belongs to. */
  parentStepSid: string | null;
  /** The event that ended the widget. */
  event: string;
  widgetType: string;
  from: string;
  /** Null where the Execution, or its subflow, ended. */
  to: string | null;
  /** What Liquid saw after the widget. */
  context: ExecutionContext;
  createdAt: Date;
}

/** Everything Studio keeps. */
export interface StudioStore {
  flows: Map<string, FlowRow>;
  executions: Map<string, ExecutionRow>;
  /** By Execution, oldest first. */
  steps: Map<string, StepRow[]>;
  /** SIDs of Messages that Studio wrote. */
  ownMessages: Set<string>;
}
