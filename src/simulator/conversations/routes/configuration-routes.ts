import { ApiError } from "../../server/api-error";
import type { Params } from "../../server/params";
import { type ApiRequest, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import type { WebhookConfigurationRow } from "../rows";
import { refuseTimers } from "../states";
import { conversationsWire } from "../wire";

export function configurationRoutes(world: World): Routes {
  const { store } = world.conversations;
  const wire = conversationsWire(world.account);

  /** The account has one service. 50050, https://www.twilio.com/docs/api/errors/50050 */
  function refuseOtherService({ params }: ApiRequest): void {
    if (params.service !== world.account.chatServiceSid) throw new ApiError(404, 50050, "Service not found");
  }

  return {
    "GET /v1/Configuration": () => ok(wire.configuration(store.defaults)),
    "POST /v1/Configuration"({ form }) {
      const inactive = form.get("DefaultInactiveTimer");
      const closed = form.get("DefaultClosedTimer");
      refuseTimers({ inactive, closed });
      store.defaults = {
        inactiveTimer: inactive ?? store.defaults.inactiveTimer,
        closedTimer: closed ?? store.defaults.closedTimer,
      };
      return ok(wire.configuration(store.defaults));
    },
    "GET /v1/Configuration/Webhooks": () => ok(wire.accountWebhooks(store.accountWebhooks)),
    "POST /v1/Configuration/Webhooks"({ form }) {
      set(store.accountWebhooks, form);
      return ok(wire.accountWebhooks(store.accountWebhooks));
    },
    "GET /v1/Services/:service/Configuration/Webhooks"(request) {
      refuseOtherService(request);
      return ok(wire.serviceWebhooks(store.serviceWebhooks));
    },
    "POST /v1/Services/:service/Configuration/Webhooks"(request) {
      refuseOtherService(request);
      set(store.serviceWebhooks, request.form);
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
