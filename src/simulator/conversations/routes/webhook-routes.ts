import { page } from "../../server/page";
import { created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import type { ScopedWebhookRow } from "../rows";
import { refuseIncomplete } from "../scoped-webhooks";
import { openConversation } from "../store";
import { conversationsWire } from "../wire";
import { HOST, refuseEmptyUpdate } from "./conversation-routes";

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
      refuseEmptyUpdate(form);
      const changed = {
        target: row.target,
        url: form.get("Configuration.Url") ?? row.url,
        method: form.get("Configuration.Method") ?? row.method,
        filters: form.has("Configuration.Filters") ? form.all("Configuration.Filters") : row.filters,
        triggers: form.has("Configuration.Triggers") ? form.all("Configuration.Triggers") : row.triggers,
        flowSid: form.get("Configuration.FlowSid") ?? row.flowSid,
      };
      refuseIncomplete(world, changed);
      Object.assign(row, changed, { updatedAt: world.clock.now() });
      return ok(render(row));
    },
    "DELETE /v1/Conversations/:conversation/Webhooks/:webhook"({ params }) {
      openConversation(conversations.store, String(params.conversation));
      conversations.removeWebhook(String(params.conversation), String(params.webhook));
      return noContent();
    },
  };
}
