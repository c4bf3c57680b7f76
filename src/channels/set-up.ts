import type * as z from "zod/mini";
import type { Deadline } from "../runtime/deadline";
import type { Variables } from "../runtime/env";
import { AppError } from "../runtime/errors";
import type { CustomChannel } from "./custom-identity";

/** How administrators connect a channel. No Function imports it. */
export interface ChannelConnector {
  /** The variable that proves the platform's events. The secret that follows it is accepted under its name and `_NEXT`. */
  secret: string;
  /** All variables of the channel. */
  env: z.ZodMiniType;
  /** Kinds of event that we ask for. */
  events: readonly string[];
  setUp(variables: Variables, deadline: Deadline): ChannelSetUp;
}

/** Tells a platform where to deliver its events. */
export interface ChannelSetUp {
  /** Has events delivered to this URL, proven by this secret; what was connected before is replaced. */
  connect(url: string, secret: string): Promise<void>;
  status(): Promise<ChannelStatus>;
  /** Has no events delivered any more. */
  disconnect(): Promise<void>;
}

/** How the platform sees it. What it does not tell is undefined. */
export interface ChannelStatus {
  /** The name of our account there. */
  account: string;
  /** Where events are delivered, without a secret. */
  url?: string;
  /** The secret that stands in the URL: it is for comparing, not for showing. */
  secret?: string;
  /** Events that wait to be delivered. */
  pending?: number;
  lastError?: string;
  lastErrorAt?: Date;
  /** Kinds of event that are delivered. */
  events?: string[];
}

/** A platform did not do what an administrator asked for. */
export class SetUpError extends AppError {
  constructor(channel: CustomChannel, problem: string, cause?: unknown) {
    super("set_up_failed", 502, `${channel}: ${problem}`, { cause });
  }
}
