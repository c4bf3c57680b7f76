import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { Roles } from "./roles";
import type { NotificationSettings, ServiceRow } from "./rows";
import { seedRoles } from "./seed-roles";
import { noWebhooks, type Store } from "./store";

/** https://www.twilio.com/docs/conversations-classic/api/service-resource */
export interface Services {
  create(friendlyName: string): ServiceRow;
  /** With all that is in it. */
  remove(service: ServiceRow): void;
}

export function createServices(world: World, store: Store, roles: Roles): Services {
  function insert(sid: string, friendlyName: string): ServiceRow {
    const now = world.clock.now();
    const row: ServiceRow = {
      sid,
      friendlyName,
      webhooks: noWebhooks(),
      configuration: seedRoles(roles, sid, sid === world.account.chatServiceSid),
      notifications: noNotifications(),
      createdAt: now,
      updatedAt: now,
    };
    store.services.set(sid, row);
    return row;
  }
  insert(world.account.chatServiceSid, "Flex Chat Service");

  return {
    create: (friendlyName) => insert(world.newSid("IS"), friendlyName),
    remove({ sid }) {
      // That the default service cannot be deleted is unverified; without one nothing here would work.
      if (sid === store.defaults.chatServiceSid) {
        throw new ApiError(400, 20001, "The account's default service cannot be deleted: choose another default first");
      }
      for (const row of store.conversations.values()) if (row.serviceSid === sid) world.conversations.remove(row);
      for (const rows of [store.users, store.roles]) {
        for (const [key, { serviceSid }] of rows) if (serviceSid === sid) rows.delete(key);
      }
      store.services.delete(sid);
    },
  };
}

/** Kept and shown; nothing is sent, as nobody here has a device. Which templates Twilio begins with is unverified. */
function noNotifications(): NotificationSettings {
  return {
    logEnabled: false,
    newMessage: {
      enabled: false,
      template: "",
      sound: "",
      badgeCountEnabled: false,
      withMedia: { enabled: false, template: "" },
    },
    addedToConversation: { enabled: false, template: "", sound: "" },
    removedFromConversation: { enabled: false, template: "", sound: "" },
  };
}
