import type { Authenticate } from "../runtime/authenticate";
import type { Deadline } from "../runtime/deadline";
import type { Variables } from "../runtime/env";
import { AppError } from "../runtime/errors";
import type { AttachedFile } from "./attachment-verdict";
import type { CustomChannel } from "./custom-identity";
import type { OutgoingText } from "./rich-text/rendered";

/** Our code for a platform that Twilio does not carry: what comes from it, and how to speak to its users. */
export interface ChannelAdapter {
  name: CustomChannel;
  /** Proves that the platform called, and answers its event, with nothing of it lost. A missing secret lets nobody pass. */
  caller: Authenticate<unknown>;
  /** What an event tells. Never throws: what it does not know is `unsupported`. */
  parse(event: unknown): ChannelEvent[];
  /** A connection by the service's variables, for as long as the request may take. MisconfiguredError when one is missing. */
  connect(variables: Variables, deadline: Deadline): PlatformConnection;
}

export interface PlatformConnection {
  /** Sends one message to a user and answers its id on the platform. Throws DeliveryError. */
  send(userId: string, message: OutgoingMessage): Promise<string>;
  /** Opens a file that a user sent, at the platform's own hosts only. Throws FileError. */
  openFile(file: PlatformFile): Promise<OpenedFile>;
}

/** A user as the platform tells of them. */
export interface PlatformUser {
  id: string;
  name?: string;
  /** Such as `es` or `es-MX`. */
  language?: string;
}

/** A file on the platform. Size and type are what the sender claims. */
export interface PlatformFile {
  /** What the platform finds it by: an id, or a URL. */
  reference: string;
  filename?: string;
  contentType?: string;
  size?: number;
}

export interface OpenedFile {
  content: ReadableStream<Uint8Array>;
  /** Where the platform tells it before the bytes. */
  size?: number;
}

interface FromUser {
  user: PlatformUser;
  /** By the platform's clock. */
  at: Date;
}

/** A user wrote. */
export interface MessageEvent extends FromUser {
  kind: "message";
  /** Unique among what this user and we write to each other there. */
  id: string;
  /** As Flex's markdown; empty for a file without words. What has no words of its own is described in brackets. */
  text: string;
  file?: PlatformFile;
  /** More for the Message's attributes, under the channel's name: an album, what it replies to, a link it came by. */
  details?: Record<string, string | number>;
}

/** A user changed what they wrote. */
export interface EditEvent extends FromUser {
  kind: "edit";
  id: string;
  text: string;
}

/** What became of a message of ours. */
export interface ReceiptEvent extends FromUser {
  kind: "receipt";
  /** Of our message, as `send` answered it. */
  id: string;
  status: "delivered" | "read" | "failed";
  /** Of a failure, in words for an agent. */
  words?: string;
}

/** A user blocked us, or lets us write again. */
export interface ReachEvent extends FromUser {
  kind: "reach";
  reachable: boolean;
}

/** Of no consequence, or unknown: `what` is a word for the log. */
export interface UnsupportedEvent {
  kind: "unsupported";
  what: string;
}

export type ChannelEvent = MessageEvent | EditEvent | ReceiptEvent | ReachEvent | UnsupportedEvent;

/** Text, a file, or both where the channel's limits let them share a message. */
export interface OutgoingMessage extends Partial<OutgoingText> {
  file?: OutgoingFile;
}

export interface OutgoingFile extends AttachedFile {
  filename: string;
  /** A link that lives for minutes, under which the platform can fetch it. */
  link(): Promise<string>;
  /** Its bytes, for platforms that want them. */
  content(): Promise<Uint8Array>;
}

/** Why a platform did not take a message. */
export type DeliveryReason =
  /** The user blocked or left us, or their account is gone: nothing reaches them until they write. */
  | "unreachable"
  /** Too much at once: again after `retryAfterSeconds`. */
  | "rate_limited"
  | "too_long"
  | "bad_file"
  /** Our own credentials or contract: an administrator has to act. */
  | "unauthorized"
  /** Down for the moment, and the message certainly not sent. */
  | "unavailable"
  /** For another reason of the platform's. */
  | "refused"
  /** No clear answer came: the message may have arrived. */
  | "unclear";

/** A message did not go out, or may not have. `words` are for an agent; they tell nothing of message or user. */
export class DeliveryError extends AppError {
  constructor(
    readonly channel: CustomChannel,
    readonly reason: DeliveryReason,
    readonly words: string,
    readonly more: { platformCode?: number; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super("delivery_failed", 502, `${channel} did not take a message: ${reason}`, { cause: more.cause });
  }
}

/** Why a user's file could not be had. */
export type FileReason = "too_big" | "gone" | "foreign_host" | "unavailable";

export class FileError extends AppError {
  constructor(
    readonly channel: CustomChannel,
    readonly reason: FileReason,
    cause?: unknown,
  ) {
    super("file_failed", 502, `A file could not be had from ${channel}: ${reason}`, { cause });
  }
}
