import { ApiError } from "../server/api-error";

/** What goes wrong. Those `after` take effect, and the caller does not learn it. */
export type Harm =
  /** Nothing is done; the answer says why not. */
  | { kind: "refused"; status: number; code?: number /** Seconds, sent as a header. */; retryAfter?: number }
  /** It is done, and answered as if Twilio had failed: 500 unless told otherwise. */
  | { kind: "error after"; status?: number; code?: number }
  /** It is done, and answered after so many real milliseconds. */
  | { kind: "slow"; ms: number }
  /**
   * The connection ends without an answer; or it is done, and the answer is 200 with JSON that breaks off; or the process
   * of the Function that made the call, or that is called, is killed.
   */
  | { kind: "reset before" | "reset after" | "malformed" | "crash before" | "crash after" }
  /** A webhook comes twice, or only so many real milliseconds later, when others may have overtaken it. */
  | { kind: "twice" }
  | { kind: "late"; ms: number };

export const KINDS = [
  "refused",
  "reset before",
  "reset after",
  "error after",
  "malformed",
  "slow",
  "crash before",
  "crash after",
  "twice",
  "late",
] as const satisfies readonly Harm["kind"][];

export interface Aim {
  /**
   * An operation of Twilio's OpenAPI documents (`CreateInteraction`), `*` for any that a Function calls,
   * `function /path`, a platform's (`telegram sendMessage`), `widget send-to-flex`, or a webhook of Conversations
   * (`webhook onMessageAdded`) or of a platform (`webhook telegram`).
   */
  operation: string;
  /** How many uses it strikes; 1 unless told otherwise. */
  times?: number;
  /** How many uses it lets pass first. */
  after?: number;
}

export type Fault = Aim & Harm;

/** What may be ordered: without a kind, a refusal. */
export type FaultOrder = Fault | (Aim & Omit<Extract<Harm, { kind: "refused" }>, "kind"> & { kind?: undefined });

/** How a refusal, or a failure after the deed, is answered. */
export function errorOf({ status = 500, code }: { status?: number; code?: number }): ApiError {
  return new ApiError(status, code ?? (status === 429 ? 20429 : 20500), "A fault ordered by a lever");
}
