import { AppError } from "../runtime/errors";

/** Failures before a connection stands, by https://nodejs.org/api/errors.html#common-system-errors and its DNS page. */
const NEVER_SENT = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "ENETUNREACH", "EHOSTUNREACH"];

/** Whether a call that came to no answer certainly left nothing with the platform. */
export const wasNeverSent = (cause: unknown) => NEVER_SENT.includes(codeOf(cause));

function codeOf(error: unknown): string {
  const cause: unknown = error instanceof AppError ? error.cause : error;
  if (cause instanceof AggregateError) return codeOf(cause.errors[0]);
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}
