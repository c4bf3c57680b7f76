import type { IncomingHttpHeaders } from "node:http";
import type { SentFile } from "../conversations/inbound-media";
import type { ApiReply } from "../server/routes";
import type { PlatformName } from "./known";

/** A messaging platform beside Twilio: what it answers at its hosts, and its customers' ends. */
export interface Platform {
  /** With all hosts of its domain: `chatapi.viber.com`. */
  readonly name: PlatformName;
  /** What a request asks for. */
  call(request: PlatformRequest): PlatformCall;
  /** Its words for what went wrong on purpose. */
  refusal(failure: Failure): ApiReply;
  /** How many events the bot has not taken in. */
  waiting(): number;
  /** Undefined for whoever is none of its customers; a customer of its own form is there when first named. */
  customer(identity: string): PlatformCustomer | undefined;
}

export interface PlatformRequest {
  host: string;
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface PlatformCall {
  /** What faults, latency and the event log know it by: `telegram sendMessage`. */
  name: string;
  /** For the event log, without secrets. */
  path: string;
  answer(): ApiReply | Promise<ApiReply>;
}

export interface Failure {
  status: number;
  /** The platform's own, where a fault names one. */
  code?: number;
  /** In seconds. */
  retryAfter?: number;
}

/** What the levers that all channels share move of a platform's customer. */
export interface PlatformCustomer {
  /** Writes, with text, files, or both. */
  send(sent: { body?: string; media?: readonly SentFile[] }): void;
  /** Looks at all that came; answers how many were new. Nothing on a platform that tells no one. */
  read(): number;
}
