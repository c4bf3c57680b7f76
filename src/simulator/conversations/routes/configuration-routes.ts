import type { Params } from "../../server/params";
import { ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import type { WebhookConfigurationRow } from "../rows";
import { refuseTimers } from "../states";
import { findService } from "../store";
import { placeOf, wireFor } from "./place";

export function configurationRoutes(world: World): Routes {
  const { store } = world.conversations;
  return {
    "GET /v1/Configuration": (request) => ok(wireFor(world, request).configuration(store.defaults)),
    "POST /v1/Configuration"(request) {
      const { form } = request;
      const inactive = form.get("DefaultInactiveTimer");
      const closed = form.get("DefaultClosedTimer");
      refuseTimers({ inactive, closed });
      const chatServiceSid = form.get("DefaultChatServiceSid") ?? store.defaults.chatServiceSid;
      store.defaults = {
        chatServiceSid: findService(store, chatServiceSid).sid,
        messagingServiceSid: form.get("DefaultMessagingServiceSid") ?? store.defaults.messagingServiceSid,
        inactiveTimer: inactive ?? store.defaults.inactiveTimer,
        closedTimer: closed ?? store.defaults.closedTimer,
      };
      return ok(wireFor(world, request).configuration(store.defaults));
    },
    "GET /v1/Configuration/Webhooks": (request) => ok(wireFor(world, request).accountWebhooks(store.accountWebhooks)),
    "POST /v1/Configuration/Webhooks"(request) {
      set(store.accountWebhooks, request.form);
      return ok(wireFor(world, request).accountWebhooks(store.accountWebhooks));
    },
    "GET /v1/Services/:service/Configuration/Webhooks"(request) {
      const { webhooks } = findService(store, placeOf(world, request).serviceSid);
      return ok(wireFor(world, request).serviceWebhooks(webhooks));
    },
    "POST /v1/Services/:service/Configuration/Webhooks"(request) {
      const { webhooks } = findService(store, placeOf(world, request).serviceSid);
      set(webhooks, request.form);
      return ok(wireFor(world, request).serviceWebhooks(webhooks));
    },
  };
}

function set(row: WebhookConfigurationRow, form: Params): void {
  row.method = form.get("Method")?.toUpperCase() ?? row.method;
  row.preWebhookUrl = form.get("PreWebhookUrl") ?? row.preWebhookUrl;
  row.postWebhookUrl = form.get("PostWebhookUrl") ?? row.postWebhookUrl;
  row.target = form.get("Target") ?? row.target;
  if (form.has("Filters")) row.filters = form.all("Filters");
}
