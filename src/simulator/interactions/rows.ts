export type ChannelStatus = "setup" | "active" | "failed" | "closed" | "inactive" | "pause" | "transfer";
export type InitiatedBy = "customer" | "api" | "agent";

export interface InteractionRow {
  sid: string;
  channelSid: string;
  /** The Task of the last create request, as its answer shows it. */
  taskSid: string | null;
  webhookTtid: string | null;
  contextSid: string | null;
  createdAt: Date;
}

export interface ChannelRow {
  sid: string;
  interactionSid: string;
  type: string;
  initiatedBy: InitiatedBy;
  conversationSid: string;
  status: ChannelStatus;
  errorCode: number | null;
  errorMessage: string | null;
  createdAt: Date;
  /** What its life of 180 days is counted from. */
  updatedAt: Date;
  /** When it was closed, or left: what customers write from about then on is nobody's by itself. */
  closedAt: Date | null;
  leftAt: Date | null;
  /** The Worker who left or paused it, for whom it can be resumed. */
  leftBy: string | null;
}

/** Where a Task goes, as `Routing.properties` says. */
export interface NewRouting {
  workspaceSid?: string;
  workflowSid?: string;
  queueSid?: string;
  workerSid?: string;
  /** SID or unique name. */
  taskChannel?: string;
  priority?: number;
  timeout?: number;
  attributes?: Record<string, unknown>;
  /** A Worker who does not take it leaves it to the Workflow, as native transfers do. */
  onward?: boolean;
}

export interface InviteRow {
  sid: string;
  interactionSid: string;
  channelSid: string;
  taskSid: string;
  /** What was asked for: the Task may be deleted before its channel is revived. */
  routing: NewRouting;
  /** Whether the Worker it is aimed at has it without being asked. */
  autoAccepted: boolean;
}

export const PARTICIPANT_TYPES = ["supervisor", "customer", "external", "agent", "unknown"] as const;

export interface ChannelParticipantRow {
  sid: string;
  interactionSid: string;
  channelSid: string;
  type: (typeof PARTICIPANT_TYPES)[number];
  /** The Conversation's Participant this member is. */
  participantSid: string | null;
  identity: string | null;
  /** The work item that brought an agent in. */
  routing: {
    taskSid: string;
    workerSid: string;
    reservationSid: string;
  } | null;
  left: boolean;
}

export interface TransferRow {
  sid: string;
  executionSid: string;
  interactionSid: string;
  channelSid: string;
  type: "cold";
  status: "active" | "failed" | "completed";
  /** The interaction participant who hands over. */
  from: string;
  /** A Worker or a queue. */
  to: string;
  noteSid: string | null;
  summarySid: string | null;
  /** The Task that carries it. */
  taskSid: string;
  createdAt: Date;
  updatedAt: Date;
}
