import { page } from "../../server/page";
import { type ApiRequest, created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import type { ScopedWebhookRow } from "../rows";
import { refuseIncomplete } from "../scoped-webhooks";
import { refuseEmptyUpdate } from "./conversation-routes";
import { conversationAt, HOST, inBothForms, openConversationAt, wireFor } from "./place";

export function webhookRoutes(world: World): Routes {
  const { conversations } = world;
  const find = (request: ApiRequest): ScopedWebhookRow =>
    conversations.scopedWebhooks.find(conversationAt(world, request).sid, String(request.params.webhook));
  return inBothForms({
    "POST /v1/Conversations/:conversation/Webhooks"(request) {
      const { form } = request;
      const row = conversations.scopedWebhooks.add(openConversationAt(world, request).sid, {
        target: form.require("Target") as ScopedWebhookRow["target"],
        url: form.get("Configuration.Url") ?? null,
        method: form.get("Configuration.Method") ?? "POST",
        filters: form.all("Configuration.Filters"),
        triggers: form.all("Configuration.Triggers"),
        flowSid: form.get("Configuration.FlowSid") ?? null,
        replayAfter: form.int("Configuration.ReplayAfter") ?? null,
      });
      return created(wireFor(world, request).webhook(row));
    },
    "GET /v1/Conversations/:conversation/Webhooks"(request) {
      const { sid } = conversationAt(world, request);
      const render = wireFor(world, request).webhook;
      return page(request, conversations.webhooks(sid), { host: HOST, key: "webhooks", render, largest: 5 });
    },
    "GET /v1/Conversations/:conversation/Webhooks/:webhook": (request) =>
      ok(wireFor(world, request).webhook(find(request))),
    "POST /v1/Conversations/:conversation/Webhooks/:webhook"(request) {
      const { form } = request;
      openConversationAt(world, request);
      const row = find(request);
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
      return ok(wireFor(world, request).webhook(row));
    },
    "DELETE /v1/Conversations/:conversation/Webhooks/:webhook"(request) {
      conversations.removeWebhook(openConversationAt(world, request).sid, String(request.params.webhook));
      return noContent();
    },
  });
}
