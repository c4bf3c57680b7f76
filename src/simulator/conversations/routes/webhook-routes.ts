import { page } from "../../server/page";
import { created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import type { ScopedWebhookRow } from "../rows";
import { openConversation } from "../store";
import { conversationsWire } from "../wire";
import { HOST } from "./conversation-routes";

export function webhookRoutes(world: World): Routes {
  const { conversations } = world;
  const render = conversationsWire(world.account).webhook;
  return {
    "POST /v1/Conversations/:conversation/Webhooks"({ params, form }) {
      const row = conversations.scopedWebhooks.add(String(params.conversation), {
        target: form.require("Target") as ScopedWebhookRow["target"],
        url: form.get("Configuration.Url") ?? null,
        method: form.get("Configuration.Method") ?? "POST",
        filters: form.all("Configuration.Filters"),
        triggers: form.all("Configuration.Triggers"),
        flowSid: form.get("Configuration.FlowSid") ?? null,
        replayAfter: form.int("Configuration.ReplayAfter") ?? null,
      });
      return created(render(row));
    },
    "GET /v1/Conversations/:conversation/Webhooks"(request) {
      const { sid } = conversations.conversation(String(request.params.conversation));
      return page(request, conversations.webhooks(sid), { host: HOST, key: "webhooks", render, largest: 5 });
    },
    "GET /v1/Conversations/:conversation/Webhooks/:webhook": ({ params }) =>
      ok(render(conversations.scopedWebhooks.find(String(params.conversation), String(params.webhook)))),
    "POST /v1/Conversations/:conversation/Webhooks/:webhook"({ params, form }) {
      openConversation(conversations.store, String(params.conversation));
      const row = conversations.scopedWebhooks.find(String(params.conversation), String(params.webhook));
      row.url = form.get("Configuration.Url") ?? row.url;
      row.method = form.get("Configuration.Method") ?? row.method;
      if (form.has("Configuration.Filters")) row.filters = form.all("Configuration.Filters");
      if (form.has("Configuration.Triggers")) row.triggers = form.all("Configuration.Triggers");
      row.flowSid = form.get("Configuration.FlowSid") ?? row.flowSid;
      row.updatedAt = world.clock.now();
      return ok(render(row));
    },
    "DELETE /v1/Conversations/:conversation/Webhooks/:webhook"({ params }) {
      openConversation(conversations.store, String(params.conversation));
      conversations.removeWebhook(String(params.conversation), String(params.webhook));
      return noContent();
    },
  };
}
