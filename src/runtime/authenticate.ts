import type { BaseEnv, Variables } from "./env";
import type { FunctionRequest } from "./request";
import type { TwilioClient } from "./twilio-client";

/** What an authentication step can see. */
export interface Call {
  request: FunctionRequest;
  env: BaseEnv;
  /** All variables of the service, for a step that reads secrets of its own. */
  variables: Variables;
  /** Path of the Function, from the runtime and not from the caller. */
  path: string;
  /** For proofs that Twilio gives. */
  twilio(): TwilioClient;
}

/** Proves who called, or throws a refusal. Every Function declares one; there is none that lets everybody pass. */
export type Authenticate<Who> = (call: Call) => Who | Promise<Who>;
