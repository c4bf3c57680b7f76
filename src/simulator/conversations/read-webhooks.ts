import { ApiError } from "../server/api-error";
import type { Params } from "../server/params";
import { isHttpUrl, SCOPED_EVENTS } from "./refuse-webhook";
import type { WebhookConfigurationRow } from "./rows";

/**
 * What the account and a service can listen to, before the event and after it. That of Users a service can is unverified:
 * Twilio's OpenAPI document names these for the account alone.
 */
const EVENTS = [
  ...["onMessageAdd", "onMessageUpdate", "onMessageRemove"],
  ...["onConversationAdd", "onConversationUpdate", "onConversationRemove"],
  ...["onParticipantAdd", "onParticipantUpdate", "onParticipantRemove"],
  ...["onConversationAdded", ...SCOPED_EVENTS],
  ...["onUserAdded", "onUserUpdate", "onUserUpdated"],
];

/**
 * Changes what the form names. An empty text takes a URL away, or all filters. A Target of `flex` is kept, and calls no
 * other place (https://www.twilio.com/docs/conversations-classic/api/webhook-configuration-resource does not say what it
 * does). That bad URLs and filters get 50054 (https://www.twilio.com/docs/api/errors/50054) here is unverified.
 */
export function setWebhooks(row: WebhookConfigurationRow, form: Params): void {
  const changed: WebhookConfigurationRow = {
    method: readMethod(form) ?? row.method,
    preWebhookUrl: readUrl(form, "PreWebhookUrl", row.preWebhookUrl),
    postWebhookUrl: readUrl(form, "PostWebhookUrl", row.postWebhookUrl),
    target: form.get("Target") ?? row.target,
    filters: form.has("Filters") ? readFilters(form) : row.filters,
  };
  Object.assign(row, changed);
}

/** https://www.twilio.com/docs/api/errors/50055 */
function readMethod(form: Params): string | undefined {
  const method = form.get("Method")?.toUpperCase();
  if (method === undefined || method === "GET" || method === "POST") return method;
  throw new ApiError(400, 50055, "Invalid webhook method");
}

function readUrl(form: Params, name: string, before: string | null): string | null {
  const url = form.get(name);
  if (url === undefined || url === "") return url === undefined ? before : null;
  if (!isHttpUrl(url)) throw new ApiError(400, 50054, `Invalid webhook format: ${name} is not a URL`);
  return url;
}

function readFilters(form: Params): string[] {
  const filters = form.all("Filters").filter(Boolean);
  const unknown = filters.find((filter) => !EVENTS.includes(filter));
  if (unknown !== undefined) throw new ApiError(400, 50054, `Invalid webhook format: there is no event ${unknown}`);
  return filters;
}
