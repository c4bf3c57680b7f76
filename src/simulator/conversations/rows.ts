export type ConversationState = "active" | "inactive" | "closed";

/** A Conversations service: Conversations, Users and Roles of their own. */
export interface ServiceRow {
  sid: string;
  friendlyName: string;
  webhooks: WebhookConfigurationRow;
  createdAt: Date;
  updatedAt: Date;
}

export interface ConversationRow {
  sid: string;
  serviceSid: string;
  friendlyName: string | null;
  uniqueName: string | null;
  /** JSON text, as sent; `{}` when absent. */
  attributes: string;
  state: ConversationState;
  messagingServiceSid: string | null;
  /** ISO 8601 durations as set, and when each timer is due. */
  timers: {
    inactive?: string;
    closed?: string;
    dateInactive?: Date;
    dateClosed?: Date;
  };
  createdAt: Date;
  updatedAt: Date;
  /** The Index the next Message gets. */
  nextIndex: number;
}

export interface MessagingBinding {
  type: "sms" | "whatsapp" | "messenger";
  address: string;
  proxyAddress: string;
}

export interface ParticipantRow {
  sid: string;
  conversationSid: string;
  identity: string | null;
  binding: MessagingBinding | null;
  attributes: string;
  roleSid: string | null;
  lastReadMessageIndex: number | null;
  lastReadTimestamp: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export type DeliveryStatus = "sent" | "delivered" | "read" | "failed" | "undelivered";

export interface ReceiptRow {
  sid: string;
  participantSid: string;
  channelMessageSid: string;
  status: DeliveryStatus;
  errorCode: number;
  createdAt: Date;
  updatedAt: Date;
}

export interface MessageRow {
  sid: string;
  conversationSid: string;
  index: number;
  author: string;
  body: string | null;
  attributes: string;
  participantSid: string | null;
  receipts: ReceiptRow[];
  createdAt: Date;
  updatedAt: Date;
}

export interface ScopedWebhookRow {
  sid: string;
  conversationSid: string;
  target: "webhook" | "studio" | "trigger";
  url: string | null;
  method: string;
  filters: string[];
  triggers: string[];
  flowSid: string | null;
  replayAfter: number | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface AddressConfigurationRow {
  sid: string;
  type: string;
  address: string;
  friendlyName: string;
  autoCreation: {
    enabled: boolean;
    type: "webhook" | "studio" | "default";
    conversationServiceSid: string | null;
    webhookUrl: string | null;
    webhookMethod: string;
    webhookFilters: string[];
    studioFlowSid: string | null;
    studioRetryCount: number;
  };
  createdAt: Date;
  updatedAt: Date;
}

/** The service-level or account-level webhook settings (`/Configuration/Webhooks`). */
export interface WebhookConfigurationRow {
  method: string;
  filters: string[];
  preWebhookUrl: string | null;
  postWebhookUrl: string | null;
  target: string;
}

/** Where a change came from: client SDKs and messaging participants, REST, or a timer. */
export type Source = "SDK" | "API";

export interface NewMessage {
  author?: string;
  body?: string;
  attributes?: string;
  source: Source;
  /** True when this change may call webhooks: always for SDK, by header for REST. */
  webhooks: boolean;
  /** When it was written, where it is brought in from elsewhere. */
  createdAt?: Date;
  /** Studio's own messages may reach neither scoped nor service webhooks. */
  fromStudio?: boolean;
}

export interface NewParticipant {
  identity?: string;
  binding?: MessagingBinding;
  attributes?: string;
  roleSid?: string;
  source: Source;
  webhooks: boolean;
}
