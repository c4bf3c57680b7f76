import * as z from "zod/mini";
import type { Webhook } from "../../webhooks/send-webhook";
import { callOut } from "./call-out";
import { defineWidget, keyValues, type WidgetRun, widgetProperties } from "./widget";

const properties = widgetProperties({
  method: z.enum(["GET", "POST"]),
  url: z.string(),
  content_type: z.string(),
  body: z.optional(z.string()),
  parameters: keyValues,
  add_twilio_auth: z.optional(z.boolean()),
});

type Properties = z.output<typeof properties>;

/** https://www.twilio.com/docs/studio/widget-library/http-request */
export const makeHttpRequest = defineWidget({
  type: "make-http-request",
  events: ["success", "failed"],
  properties,
  async enter(run, widget) {
    const url = run.render(widget.url).trim();
    const fault = widget.parameters?.some(({ key }) => key === "method")
      ? "a parameter is called method"
      : URL.canParse(url)
        ? undefined
        : "the URL is not a URL";
    // https://www.twilio.com/docs/api/errors/81014
    if (fault) {
      run.warn(81014, fault);
      return { event: "failed", outputs: {} };
    }
    const { outputs, failure } = await callOut(run, requestOf(run, widget, url));
    if (!failure) return { event: "success", outputs };
    run.warn(81016, `request failed: ${failure.reason}`);
    return { event: "failed", outputs: failure.unread ? {} : outputs };
  },
});

/** Unverified: parameters beside a body of another type than a form. Here they go into the query. */
function requestOf(run: WidgetRun, widget: Properties, address: string): Omit<Webhook, "timeoutMs"> {
  const { method, content_type: type, body, parameters = [], add_twilio_auth } = widget;
  const { sid, authToken } = run.world.account;
  const given = Object.fromEntries(parameters.map(({ key, value }) => [key, run.render(value)]));
  const common = {
    name: "Studio make-http-request",
    method,
    ...(add_twilio_auth ? { login: [sid, authToken] as const } : {}),
  };
  if (method === "GET") return { ...common, url: address, params: given };
  const text = run.render(body);
  if (type.startsWith("application/x-www-form-urlencoded")) {
    return { ...common, url: address, params: { ...Object.fromEntries(new URLSearchParams(text.trim())), ...given } };
  }
  const url = new URL(address);
  for (const [key, value] of Object.entries(given)) url.searchParams.append(key, value);
  return { ...common, url: url.href, params: {}, content: { type, text } };
}
