import type { ChannelParticipantRow, ChannelRow, InitiatedBy, InteractionRow, InviteRow } from "./rows";

/** The `Channel` and `Routing` of a create request, read once. */
export interface NewInteraction {
  channel: {
    type: string;
    initiatedBy: InitiatedBy;
    mediaChannelSid?: string;
    participants?: { address?: string; proxyAddress?: string; identity?: string }[];
  };
  routing: NewRouting;
  webhookTtid?: string;
}

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
}

/** What other products ask of the Interactions API. */
export interface Interactions {
  readonly interactions: ReadonlyMap<string, InteractionRow>;
  readonly channels: ReadonlyMap<string, ChannelRow>;
  readonly invites: ReadonlyMap<string, InviteRow>;
  readonly participants: ReadonlyMap<string, ChannelParticipantRow>;
  /** Accepts the request and sets the channel up in the background; refusals throw ApiError. */
  create(request: NewInteraction): InteractionRow;
  /** The create answer's wire form, which Send to Flex hands to its Flow. */
  render(interaction: InteractionRow): Record<string, unknown>;
  /** Ends or leaves a channel as `POST /Channels/{UO}` does. */
  updateChannel(channelSid: string, status: "closed" | "inactive", routingStatus?: "closed" | "wrapup"): void;
  /** Ends one member's part as `POST /Participants/{UT}` does. */
  updateParticipant(participantSid: string, status: "closed" | "wrapup"): void;
}
