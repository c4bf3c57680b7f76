import { ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import { setWebhooks } from "../read-webhooks";
import { refuseMessagingService } from "../refusals";
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
      refuseMessagingService(world, form.get("DefaultMessagingServiceSid"));
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
      setWebhooks(store.accountWebhooks, request.form);
      return ok(wireFor(world, request).accountWebhooks(store.accountWebhooks));
    },
    "GET /v1/Services/:service/Configuration/Webhooks"(request) {
      const { webhooks } = findService(store, placeOf(world, request).serviceSid);
      return ok(wireFor(world, request).serviceWebhooks(webhooks));
    },
    "POST /v1/Services/:service/Configuration/Webhooks"(request) {
      const { webhooks } = findService(store, placeOf(world, request).serviceSid);
      setWebhooks(webhooks, request.form);
      return ok(wireFor(world, request).serviceWebhooks(webhooks));
    },
  };
}
