import { notFound } from "../../server/api-error";
import { page } from "../../server/page";
import type { Params } from "../../server/params";
import { type ApiRequest, ok, type Routes } from "../../server/routes";
import type { World } from "../../world";
import type { NotificationRow, ServiceRow } from "../rows";
import { findService } from "../store";
import { usersWire } from "../user-wire";
import { HOST, placeOf } from "./place";

/** Which Roles a service gives, and whom it would notify: https://www.twilio.com/docs/conversations-classic/api/service-configuration-resource */
export function serviceConfigurationRoutes(world: World): Routes {
  const { store, roles } = world.conversations;
  const find = (request: ApiRequest): ServiceRow => findService(store, placeOf(world, request).serviceSid);
  const wire = (request: ApiRequest) => usersWire(world.account, placeOf(world, request));
  return {
    "GET /v1/Services/:service/Configuration": (request) => ok(wire(request).configuration(find(request))),
    "POST /v1/Services/:service/Configuration"(request) {
      const row = find(request);
      const { form } = request;
      const roleSid = (name: string, type: "conversation" | "service", before: string) =>
        roles.require(row.sid, type, form.get(name) ?? before);
      const { configuration } = row;
      row.configuration = {
        creatorRoleSid: roleSid("DefaultConversationCreatorRoleSid", "conversation", configuration.creatorRoleSid),
        conversationRoleSid: roleSid("DefaultConversationRoleSid", "conversation", configuration.conversationRoleSid),
        serviceRoleSid: roleSid("DefaultChatServiceRoleSid", "service", configuration.serviceRoleSid),
        reachabilityEnabled: form.bool("ReachabilityEnabled") ?? configuration.reachabilityEnabled,
      };
      row.updatedAt = world.clock.now();
      return ok(wire(request).configuration(row));
    },
    "GET /v1/Services/:service/Configuration/Notifications": (request) =>
      ok(wire(request).notifications(find(request))),
    "POST /v1/Services/:service/Configuration/Notifications"(request) {
      const row = find(request);
      row.notifications = notificationsIn(request.form, row);
      return ok(wire(request).notifications(row));
    },
    // Devices register over the client SDKs, which none does here.
    "GET /v1/Services/:service/Bindings"(request) {
      find(request);
      return page(request, [], { host: HOST, key: "bindings", render: (row) => row, largest: 100 });
    },
    "GET /v1/Services/:service/Bindings/:binding": noBinding,
    "DELETE /v1/Services/:service/Bindings/:binding": noBinding,
  };

  function noBinding(request: ApiRequest): never {
    find(request);
    throw notFound(String(request.url));
  }
}

function notificationsIn(form: Params, { notifications: before }: ServiceRow): ServiceRow["notifications"] {
  const { newMessage } = before;
  return {
    logEnabled: form.bool("LogEnabled") ?? before.logEnabled,
    newMessage: {
      ...read(form, "NewMessage", newMessage),
      badgeCountEnabled: form.bool("NewMessage.BadgeCountEnabled") ?? newMessage.badgeCountEnabled,
      withMedia: {
        enabled: form.bool("NewMessage.WithMedia.Enabled") ?? newMessage.withMedia.enabled,
        template: form.get("NewMessage.WithMedia.Template") ?? newMessage.withMedia.template,
      },
    },
    addedToConversation: read(form, "AddedToConversation", before.addedToConversation),
    removedFromConversation: read(form, "RemovedFromConversation", before.removedFromConversation),
  };
}

function read(form: Params, name: string, before: NotificationRow): NotificationRow {
  return {
    enabled: form.bool(`${name}.Enabled`) ?? before.enabled,
    template: form.get(`${name}.Template`) ?? before.template,
    sound: form.get(`${name}.Sound`) ?? before.sound,
  };
}
