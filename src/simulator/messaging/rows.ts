/** What can be set on a number: https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
export const numberSettings = {
  SmsUrl: "",
  SmsMethod: "POST",
  SmsFallbackUrl: "",
  SmsFallbackMethod: "POST",
  StatusCallback: "",
  StatusCallbackMethod: "POST",
  VoiceUrl: "",
  VoiceMethod: "POST",
  VoiceFallbackUrl: "",
  VoiceFallbackMethod: "POST",
};

export type NumberSettings = typeof numberSettings;

/** An IncomingPhoneNumber: a number of the account, which thereby is one of its senders. */
export interface PhoneNumberRow {
  sid: string;
  phoneNumber: string;
  friendlyName: string;
  settings: NumberSettings;
  /** The Messaging Service whose sender it is. */
  pool: { serviceSid: string; addedAt: Date } | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface MediaRow {
  sid: string;
  contentType: string;
  /** Where a file lies that was sent by its address; null for one that a customer sent. */
  url: string | null;
  /** What a customer's file is kept under. */
  sha256: string | null;
  createdAt: Date;
}

export type MessageStatus =
  | "accepted"
  | "queued"
  | "sent"
  | "delivered"
  | "read"
  | "undelivered"
  | "failed"
  | "received";

/** A Message of Programmable Messaging, which is no Message of a Conversation. */
export interface MessageRow {
  sid: string;
  direction: "inbound" | "outbound-api";
  /** Null until a Messaging Service has chosen its sender. */
  from: string | null;
  to: string;
  body: string;
  media: MediaRow[];
  messagingServiceSid: string | null;
  /** Made of a template that WhatsApp has approved. */
  approved: boolean;
  statusCallback: string | null;
  status: MessageStatus;
  /** 0 where nothing went wrong. */
  errorCode: number;
  sentAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface MessagingServiceRow {
  sid: string;
  friendlyName: string;
  inboundRequestUrl: string | null;
  inboundMethod: "GET" | "POST";
  fallbackUrl: string | null;
  fallbackMethod: "GET" | "POST";
  statusCallback: string | null;
  stickySender: boolean;
  mmsConverter: boolean;
  smartEncoding: boolean;
  scanMessageContent: string;
  fallbackToLongCode: boolean;
  areaCodeGeomatch: boolean;
  validityPeriod: number;
  synchronousValidation: boolean;
  usecase: string;
  useInboundWebhookOnNumber: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** Who wants no more messages, and from whom: a sender, or all senders of a Messaging Service. */
export interface OptOutRow {
  customer: string;
  from: string;
}
