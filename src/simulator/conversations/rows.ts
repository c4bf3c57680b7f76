/** Initializing only while ConversationWithParticipants sets one up. */
export type ConversationState = "initializing" | "active" | "inactive" | "closed";

/** A Conversations service: Conversations, Users and Roles of their own. */
export interface ServiceRow {
  sid: string;
  friendlyName: string;
  webhooks: WebhookConfigurationRow;
  configuration: ServiceConfiguration;
  notifications: NotificationSettings;
  createdAt: Date;
  updatedAt: Date;
}

/** The Roles that members get when nobody says which. */
export interface ServiceConfiguration {
  creatorRoleSid: string;
  conversationRoleSid: string;
  serviceRoleSid: string;
  reachabilityEnabled: boolean;
}

export interface NotificationSettings {
  logEnabled: boolean;
  newMessage: NotificationRow & { badgeCountEnabled: boolean; withMedia: Omit<NotificationRow, "sound"> };
  addedToConversation: NotificationRow;
  removedFromConversation: NotificationRow;
}

export interface NotificationRow {
  enabled: boolean;
  template: string;
  sound: string;
}

export interface RoleRow {
  sid: string;
  serviceSid: string;
  friendlyName: string;
  type: "conversation" | "service";
  permissions: string[];
  createdAt: Date;
  updatedAt: Date;
}

/** Who acts in a service under an identity. */
export interface UserRow {
  sid: string;
  serviceSid: string;
  identity: string;
  friendlyName: string | null;
  attributes: string;
  roleSid: string;
  /** Null for one who was never online. */
  isOnline: boolean | null;
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
  /** The identity of who made it through a client SDK. */
  createdBy: string | null;
  email: { address: string | null; name: string | null } | null;
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
  /** In group MMS: the address of a phone that is in the Conversation without a proxy. */
  groupAddress: string | null;
  /** In group MMS: the sender under which a chat member shows. */
  projectedAddress: string | null;
  attributes: string;
  roleSid: string | null;
  notificationLevel: "default" | "muted";
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

/** What a Message says of a file that it shows. */
export interface MessageMedia {
  sid: string;
  size: number;
  contentType: string;
  filename: string | null;
}

export interface MessageRow {
  sid: string;
  conversationSid: string;
  index: number;
  author: string;
  /** Null where there is media alone. */
  body: string | null;
  media: MessageMedia[];
  attributes: string;
  /** E-mail has one; no resource shows it. */
  subject: string | null;
  /** The template it was made of. */
  contentSid: string | null;
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
  /** As it was spelled. */
  type: string;
  address: string;
  addressCountry: string | null;
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
export type Source = "SDK" | "API" | "SMS" | "WHATSAPP" | "MESSENGER";

export interface NewMessage {
  author?: string;
  body?: string;
  /** One by REST; client SDKs and MMS may attach several. */
  mediaSids?: readonly string[];
  /** A template, which stands before body and media, and JSON text for its variables. */
  contentSid?: string;
  contentVariables?: string;
  attributes?: string;
  subject?: string;
  source: Source;
  /** True when this change may call webhooks: always for SDK, by header for REST. */
  webhooks: boolean;
  /** When it was written, where it is brought in from elsewhere. */
  createdAt?: Date;
  updatedAt?: Date;
  /** Studio's own messages may reach neither scoped nor service webhooks. */
  fromStudio?: boolean;
}

export interface NewParticipant {
  identity?: string;
  binding?: MessagingBinding;
  groupAddress?: string;
  projectedAddress?: string;
  attributes?: string;
  roleSid?: string;
  source: Source;
  webhooks: boolean;
  createdAt?: Date;
  updatedAt?: Date;
}
