import type { TwilioResponse } from "@twilio-labs/serverless-runtime-types/types";
import { AppError } from "./errors";

export interface Reply {
  status: number;
  body: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** The same error for every caller: a code, words where they help and tell nothing, and an id to look up in the log. */
export function errorReply(error: unknown, requestId: string): Reply {
  if (error instanceof AppError && error.status < 500) {
    const { code, message, field, details } = error;
    const { retryAfter } = details;
    return {
      status: error.status,
      body: { error: { code, message, ...(field ? { field } : {}), ...details, requestId } },
      ...(retryAfter ? { headers: { "Retry-After": String(retryAfter) } } : {}),
    };
  }
  const { code, status } = error instanceof AppError ? error : { code: "internal", status: 500 };
  const message = "Something failed on our side. The log has the details under this request id.";
  return { status, body: { error: { code, message, requestId } } };
}

export function toTwilioResponse(
  { status, body, headers: own = {} }: Reply,
  headers: Record<string, string> = {},
): TwilioResponse {
  const response = new Twilio.Response();
  response.setStatusCode(status);
  response.appendHeader("Content-Type", "application/json");
  for (const [name, value] of Object.entries({ ...own, ...headers })) response.appendHeader(name, value);
  response.setBody(body);
  return response;
}
