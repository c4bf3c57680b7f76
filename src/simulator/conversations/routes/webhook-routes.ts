import { page } from "../../server/page";
import type { Params } from "../../server/params";
import { type ApiRequest, created, noContent, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import type { ScopedWebhookRow } from "../rows";
import type { ScopedWebhookChange } from "../scoped-webhooks";
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
        ...readChange(form),
        target: (form.get("Target") ?? "") as ScopedWebhookRow["target"],
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
      const { form, params } = request;
      const { sid } = openConversationAt(world, request);
      refuseEmptyUpdate(form);
      const row = conversations.scopedWebhooks.update(sid, String(params.webhook), readChange(form));
      return ok(wireFor(world, request).webhook(row));
    },
    "DELETE /v1/Conversations/:conversation/Webhooks/:webhook"(request) {
      conversations.removeWebhook(openConversationAt(world, request).sid, String(request.params.webhook));
      return noContent();
    },
  });
}

/** What the form names; `get` and `post` are kept as they were spelled. */
function readChange(form: Params): ScopedWebhookChange {
  const text = (name: string) => form.get(`Configuration.${name}`);
  const list = (name: string) => (form.has(`Configuration.${name}`) ? form.all(`Configuration.${name}`) : undefined);
  const change = {
    url: text("Url"),
    method: text("Method"),
    filters: list("Filters")?.filter(Boolean),
    triggers: list("Triggers"),
    flowSid: text("FlowSid"),
  };
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
