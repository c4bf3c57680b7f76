import { AppError } from "../runtime/errors";
import type { CustomChannel } from "./custom-identity";

/** Tells a platform where to deliver its events. For administrators: no Function imports it. */
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
  /** Where events are delivered. */
  url?: string;
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
