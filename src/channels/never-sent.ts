import { AppError } from "../runtime/errors";

/** Failures before a connection stands, by https://nodejs.org/api/errors.html#common-system-errors and its DNS page. */
const NEVER_SENT = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "ENETUNREACH", "EHOSTUNREACH"];

/** Whether a call that came to no answer certainly left nothing with the platform. */
export const wasNeverSent = (cause: unknown) => NEVER_SENT.includes(codeOf(cause));

/** Of several addresses that were tried, it is that of the first. */
function codeOf(error: unknown): string {
  const cause: unknown = error instanceof AppError ? error.cause : error;
  return "code" in Object(cause) ? String(Object(cause).code) : "";
}
