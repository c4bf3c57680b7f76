import { z } from "zod";
import { ANSWER_TIMEOUT_MS, answerOutputs, isSuccess, objectIn, unreadable } from "./http-answer";
import { defineWidget, keyValues, type WidgetRun, widgetProperties } from "./widget";

const properties = widgetProperties({
  method: z.enum(["GET", "POST"]),
  url: z.string(),
  content_type: z.string(),
  body: z.string().optional(),
  parameters: keyValues,
  add_twilio_auth: z.boolean().optional(),
});

type Properties = z.output<typeof properties>;

/** https://www.twilio.com/docs/studio/widget-library/http-request */
export const makeHttpRequest = defineWidget({
  type: "make-http-request",
  events: ["success", "failed"],
  properties,
  async enter(run, widget) {
    const url = run.render(widget.url).trim();
    const form = formOf(run, widget);
    // A parameter of this name breaks Twilio's widget, https://www.twilio.com/docs/api/errors/81014
    if (!URL.canParse(url) || "method" in form) {
      run.warn(81014, "method" in form ? "a parameter is called method" : "the URL is not a URL");
      return { event: "failed", outputs: {} };
    }
    if (needsRawBody(widget)) {
      run.notSimulated("JSON bodies of make-http-request");
      return { event: "failed", outputs: {} };
    }
    if (widget.add_twilio_auth) run.notSimulated("Twilio credentials of make-http-request");
    return call(run, { method: widget.method, url, params: form });
  },
});

async function call(run: WidgetRun, request: { method: "GET" | "POST"; url: string; params: Record<string, string> }) {
  const { conversationSid, sid: executionSid } = run.execution;
  const answer = await run.world.sendWebhook({
    name: "Studio make-http-request",
    ...request,
    timeoutMs: ANSWER_TIMEOUT_MS,
    about: { executionSid, ...(conversationSid ? { conversationSid } : {}) },
  });
  const reason = unreadable(answer);
  if (reason) {
    run.warn(81016, `request failed: ${reason}`);
    return { event: "failed", outputs: {} };
  }
  const parsed = objectIn(answer);
  const outputs = { ...answerOutputs(answer), ...(parsed ? { parsed } : {}) };
  if (isSuccess(answer.status)) return { event: "success", outputs };
  run.warn(81016, `request answered ${answer.status}`);
  return { event: "failed", outputs };
}

/** The world's webhooks carry forms only. */
function needsRawBody({ method, content_type, body }: Properties): boolean {
  return method === "POST" && Boolean(body?.trim()) && !content_type.startsWith("application/x-www-form-urlencoded");
}

function formOf(run: WidgetRun, { method, content_type, body, parameters = [] }: Properties): Record<string, string> {
  const written =
    method === "POST" && content_type.startsWith("application/x-www-form-urlencoded") ? run.render(body) : "";
  return {
    ...Object.fromEntries(new URLSearchParams(written.trim())),
    ...Object.fromEntries(parameters.map(({ key, value }) => [key, run.render(value)])),
  };
}
