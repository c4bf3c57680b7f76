import { INTERACTION_EVENTS, type InteractionEvent } from "../interactions/events";
import { ApiError } from "../server/api-error";
import { page } from "../server/page";
import type { Params } from "../server/params";
import { created, noContent, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { requireInstance } from "./instance";
import type { NewInteractionWebhook } from "./interaction-webhooks";
import { flexWire, HOST } from "./wire";

const WEBHOOKS = "/v1/Instances/:instance/InteractionWebhooks";

/**
 * In no OpenAPI document. The page's table calls two of the fields `Filters` and `Method`; its examples, and clients
 * that work, send the names read here. That what is wrong is refused, and how, is unverified.
 */
export function webhookRoutes(world: World): Routes {
  const { webhooks } = world.flex;
  const render = flexWire(world).interactionWebhook;
  return {
    [`POST ${WEBHOOKS}`]({ params, form }) {
      requireInstance(world, params.instance);
      const webhook: NewInteractionWebhook = {
        type: readType(form.get("Type") ?? "global"),
        url: readUrl(form.require("WebhookUrl")),
        method: readMethod(form.get("WebhookMethod") ?? "POST"),
        events: readEvents(form),
        friendlyName: form.get("FriendlyName") ?? null,
      };
      if (webhook.events.length === 0) throw new ApiError(400, 20001, "Missing required parameter WebhookEvents");
      return created(render(webhooks.create(webhook)));
    },
    [`GET ${WEBHOOKS}`](request) {
      requireInstance(world, request.params.instance);
      return page(request, [...webhooks.rows.values()], { host: HOST, key: "data", render });
    },
    [`GET ${WEBHOOKS}/:ttid`]({ params }) {
      requireInstance(world, params.instance);
      return ok(render(webhooks.webhook(String(params.ttid))));
    },
    [`POST ${WEBHOOKS}/:ttid`]({ params, form }) {
      requireInstance(world, params.instance);
      return ok(render(webhooks.update(String(params.ttid), readChanges(form))));
    },
    [`DELETE ${WEBHOOKS}/:ttid`]({ params }) {
      requireInstance(world, params.instance);
      webhooks.remove(String(params.ttid));
      return noContent();
    },
  };
}

function readChanges(form: Params): Partial<NewInteractionWebhook> {
  const [url, method, friendlyName] = ["WebhookUrl", "WebhookMethod", "FriendlyName"].map((name) => form.get(name));
  const events = readEvents(form);
  return {
    ...(url ? { url: readUrl(url) } : {}),
    ...(method ? { method: readMethod(method) } : {}),
    ...(friendlyName ? { friendlyName } : {}),
    ...(events.length > 0 ? { events } : {}),
  };
}

function readType(type: string): NewInteractionWebhook["type"] {
  if (type === "global" || type === "interaction") return type;
  throw new ApiError(400, 20001, "Type must be global or interaction");
}

function readUrl(url: string): string {
  if (/^https?:/.test(url) && URL.canParse(url)) return url;
  throw new ApiError(400, 20001, "WebhookUrl must be an http or https URL");
}

function readMethod(method: string): NewInteractionWebhook["method"] {
  const upper = method.toUpperCase();
  if (upper === "GET" || upper === "POST") return upper;
  throw new ApiError(400, 20001, "WebhookMethod must be GET or POST");
}

function readEvents(form: Params): InteractionEvent["type"][] {
  return form.all("WebhookEvents").map((name) => {
    const event = INTERACTION_EVENTS.find((known) => known === name);
    if (!event) throw new ApiError(400, 20001, `Flex has no event ${name}`);
    return event;
  });
}
