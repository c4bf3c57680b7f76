import type { Webhook, WebhookAnswer } from "../../webhooks/send-webhook";
import { isJsonObject, type JsonObject, parseJson } from "../json";
import type { WidgetRun } from "./widget";

/** Both of the widgets that call out: https://www.twilio.com/docs/studio/widget-library/run-function */
const ANSWER_TIMEOUT_MS = 10_000;
const LARGEST_ANSWER_BYTES = 64 * 1024;
/** How many redirects are followed is not documented. */
const MOST_REDIRECTS = 10;

/** What came of a call: outputs for the Flow, and why it failed, if it did. */
export interface Called {
  outputs: JsonObject;
  headers: Record<string, string>;
  failure?: { reason: string /** No answer came that could be read. */; unread: boolean; unreachable: boolean };
}

/** Calls within ten seconds, redirects and all. */
export async function callOut(run: WidgetRun, request: Omit<Webhook, "timeoutMs" | "about">): Promise<Called> {
  const { conversationSid, sid: executionSid } = run.execution;
  const about = { executionSid, ...(conversationSid ? { conversationSid } : {}) };
  const startedAt = performance.now();
  let next: Webhook = { ...request, about, timeoutMs: ANSWER_TIMEOUT_MS };
  let answer = await run.world.sendWebhook(next);
  for (let count = 0; count < MOST_REDIRECTS; count += 1) {
    const url = redirectOf(answer, next.url);
    const timeoutMs = Math.max(0, Math.round(ANSWER_TIMEOUT_MS - (performance.now() - startedAt)));
    if (!url) break;
    next =
      answer.status < 307
        ? { name: next.name, url, method: "GET", params: {}, about, timeoutMs }
        : { ...next, url, timeoutMs };
    answer = await run.world.sendWebhook(next);
  }
  return called(run, answer);
}

function redirectOf({ status, headers }: WebhookAnswer, base: string): string | undefined {
  if (status < 300 || status >= 400 || !headers.location || !URL.canParse(headers.location, base)) return undefined;
  return new URL(headers.location, base).href;
}

function called({ execution, state }: WidgetRun, answer: WebhookAnswer): Called {
  const { status, headers, body } = answer;
  const parsed = execution.context.widgets[state.name]?.parsed;
  const earlier = isJsonObject(parsed) ? parsed : undefined;
  const reason = unreadable(answer);
  if (reason) {
    const unreachable = answer.failure === "refused";
    return { outputs: earlier ? { parsed: earlier } : {}, headers, failure: { reason, unread: true, unreachable } };
  }
  const outputs = {
    body,
    content_type: headers["content-type"] ?? "",
    status_code: status,
    ...merged(earlier, answer),
  };
  if (status >= 200 && status < 400) return { outputs, headers };
  return { outputs, headers, failure: { reason: `the answer was ${status}`, unread: false, unreachable: false } };
}

function unreadable({ status, failure, body }: WebhookAnswer): string | undefined {
  if (status === 0) return failure === "timeout" ? "no answer within 10 seconds" : "the host could not be reached";
  if (Buffer.byteLength(body) > LARGEST_ANSWER_BYTES) return "the answer is larger than 64 KB";
  return undefined;
}

/** An answer adds its object to what earlier runs of the same widget left; one without leaves it as it was. */
function merged(earlier: JsonObject | undefined, answer: WebhookAnswer): JsonObject {
  const answered = objectIn(answer);
  return earlier || answered ? { parsed: { ...earlier, ...answered } } : {};
}

/** The object in a JSON answer. Anything else, arrays too, is not parsed. */
function objectIn({ headers, body }: WebhookAnswer): JsonObject | undefined {
  if (!/^application\/json\b/i.test(headers["content-type"] ?? "")) return undefined;
  const value = parseJson(body);
  return isJsonObject(value) ? value : undefined;
}
