import type { NewRouting } from "./interactions";

export type ChannelStatus = "setup" | "active" | "failed" | "closed" | "inactive" | "pause" | "transfer";
export type InitiatedBy = "customer" | "api" | "agent";

export interface InteractionRow {
  sid: string;
  channelSid: string;
  /** The Task of the first Invite, as the create answer shows it. */
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
  /** When it was closed, or left: what customers write from about then on is nobody's by itself. */
  closedAt: Date | null;
  leftAt: Date | null;
}

export interface InviteRow {
  sid: string;
  interactionSid: string;
  channelSid: string;
  taskSid: string;
  /** What was asked for: the Task may be deleted before its channel is revived. */
  routing: NewRouting;
}

export interface ChannelParticipantRow {
  sid: string;
  interactionSid: string;
  channelSid: string;
  type: "supervisor" | "customer" | "external" | "agent" | "unknown";
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
