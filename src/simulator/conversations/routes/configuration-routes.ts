import type { Params } from "../../server/params";
import { ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import type { WebhookConfigurationRow } from "../rows";
import { conversationsWire } from "../wire";

export function configurationRoutes(world: World): Routes {
  const { store } = world.conversations;
  const wire = conversationsWire(world.account);
  return {
    "GET /v1/Configuration": () => ok(wire.configuration(store.defaults)),
    "POST /v1/Configuration"({ form }) {
      store.defaults = {
        inactiveTimer: form.get("DefaultInactiveTimer") ?? store.defaults.inactiveTimer,
        closedTimer: form.get("DefaultClosedTimer") ?? store.defaults.closedTimer,
      };
      return ok(wire.configuration(store.defaults));
    },
    "GET /v1/Configuration/Webhooks": () => ok(wire.accountWebhooks(store.accountWebhooks)),
    "POST /v1/Configuration/Webhooks"({ form }) {
      set(store.accountWebhooks, form);
      return ok(wire.accountWebhooks(store.accountWebhooks));
    },
    "GET /v1/Services/:service/Configuration/Webhooks": () => ok(wire.serviceWebhooks(store.serviceWebhooks)),
    "POST /v1/Services/:service/Configuration/Webhooks"({ form }) {
      set(store.serviceWebhooks, form);
      return ok(wire.serviceWebhooks(store.serviceWebhooks));
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
