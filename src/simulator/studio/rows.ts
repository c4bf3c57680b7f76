import type { ExecutionContext } from "./context";
import type { FlowDefinition } from "./definition";

export type FlowStatus = "draft" | "published";

export interface FlowRow {
  sid: string;
  /** Oldest first; the last one is what a fetch of the Flow shows. */
  revisions: RevisionRow[];
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
export type StartEvent = "incomingConversationMessage" | "incomingRequest";

export interface ExecutionRow {
  sid: string;
  flowSid: string;
  revision: number;
  /** The definition it started with. */
  definition: FlowDefinition;
  startedBy: StartEvent;
  /** Null when REST started it. */
  conversationSid: string | null;
  /** The customer's side, and ours. */
  contactAddress: string;
  channelAddress: string;
  status: "active" | "ended";
  /** Why it ended. */
  reason: string | null;
  context: ExecutionContext;
  /** Names of the widgets it entered, oldest first. */
  path: string[];
  /** Until when it waits for a reply. */
  waitingUntil: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface StepRow {
  sid: string;
  flowSid: string;
  executionSid: string;
  /** The event that ended the widget. */
  event: string;
  widgetType: string;
  from: string;
  /** Null where the Execution ended. */
  to: string | null;
  /** What Liquid saw after the widget. */
  context: ExecutionContext;
  createdAt: Date;
}
