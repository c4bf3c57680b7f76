import type { Deadline } from "../runtime/deadline";
import type { Variables } from "../runtime/env";
import type { Logger } from "../runtime/log";
import type { TwilioClient } from "../runtime/twilio-client";

/** What the stories of a Conversation need of a Function's services. */
export interface Desk {
  twilio: TwilioClient;
  log: Logger;
  deadline: Deadline;
  now(): Date;
  /** The public URL of one of our Functions. */
  urlOf(path: string): string;
  env: FlexEnv;
  /** All variables of the service, for the adapters of channels of ours. */
  variables: Variables;
}

export interface FlexEnv {
  FLEX_WORKSPACE_SID: string;
  FLEX_WORKFLOW_SID: string;
  FLEX_TASK_CHANNEL: string;
}

/** Function that hears of every Message of a Conversation. */
export const MESSAGE_HOOK = "/inbound/message-added";

/** Function that carries what we say to customers of channels of ours. */
export const RELAY_HOOK = "/relay/message-added";

/** Does something that helps but must not stop the story: a failure is logged. */
export async function attempt(
  desk: Desk,
  what: string,
  conversationSid: string,
  work: Promise<unknown>,
): Promise<void> {
  try {
    await work;
  } catch {
    desk.log.warn(`${what}_failed`, { conversationSid });
  }
}
