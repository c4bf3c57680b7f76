import type { WebhookAnswer } from "../../webhooks/send-webhook";
import { isJsonObject, type JsonObject, parseJson } from "../json";

/** Both widgets that call out: https://www.twilio.com/docs/studio/widget-library/run-function */
export const ANSWER_TIMEOUT_MS = 10_000;
export const LARGEST_ANSWER_BYTES = 64 * 1024;

/** Why an answer is no answer; undefined when it can be read. */
export function unreadable({ status, failure, body }: WebhookAnswer): string | undefined {
  if (status === 0) return failure === "timeout" ? "no answer within 10 seconds" : "the host could not be reached";
  if (Buffer.byteLength(body) > LARGEST_ANSWER_BYTES) return "the answer is larger than 64 KB";
  return undefined;
}

export const isSuccess = (status: number) => status >= 200 && status < 400;

/** What a Flow reads of an answer, but for `parsed`. */
export function answerOutputs({ status, headers, body }: WebhookAnswer): JsonObject {
  return { body, content_type: headers["content-type"] ?? "", status_code: status };
}

/** The object in a JSON answer. Anything else, arrays too, is not parsed. */
export function objectIn({ headers, body }: WebhookAnswer): JsonObject | undefined {
  if (!/^application\/json\b/i.test(headers["content-type"] ?? "")) return undefined;
  const value = parseJson(body);
  return isJsonObject(value) ? value : undefined;
}
