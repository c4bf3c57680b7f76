import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { announce, conversationFields } from "./events";
import { LONGEST_ATTRIBUTES, refuseAttributes, refuseMessagingService, refuseNames, refuseTakenName } from "./refusals";
import type { ConversationRow } from "./rows";
import { refuseTimers, type States } from "./states";
import { findService, insertConversation, type Store } from "./store";

export interface NewConversation {
  /** The account's default service unless told otherwise. */
  serviceSid?: string;
  friendlyName?: string;
  uniqueName?: string;
  attributes?: string;
  messagingServiceSid?: string;
  state?: ConversationRow["state"];
  timers?: { inactive?: string; closed?: string };
  email?: ConversationRow["email"];
  /** The identity of who makes it through a client SDK. */
  createdBy?: string;
  createdAt?: Date;
  updatedAt?: Date;
  webhooks?: boolean;
}

export interface Creation {
  create(conversation: NewConversation): ConversationRow;
  /** Without asking whether it may be, and without telling: Twilio itself makes it. */
  insert(conversation: NewConversation): ConversationRow;
}

/** https://www.twilio.com/docs/conversations-classic/api/conversation-resource */
export function createCreation(world: World, store: Store, states: States): Creation {
  const creation: Creation = {
    create(given) {
      refuseNewConversation(world, store, given);
      const row = creation.insert(given);
      if (given.webhooks) {
        const source = row.createdBy === null ? "API" : "SDK";
        const fields = conversationFields(row);
        announce(world, store, { type: "onConversationAdded", conversation: row, source, fields });
      }
      return row;
    },
    insert(given) {
      const row = rowOf(world, store, given);
      states.setTimers(row, {
        inactive: given.timers?.inactive ?? store.defaults.inactiveTimer ?? "",
        closed: given.timers?.closed ?? store.defaults.closedTimer ?? "",
      });
      insertConversation(store, row);
      world.log.add({
        kind: "conversation",
        name: "created",
        conversationSid: row.sid,
        data: { uniqueName: row.uniqueName },
      });
      return row;
    },
  };
  return creation;
}

function rowOf(world: World, store: Store, given: NewConversation): ConversationRow {
  const now = world.clock.now();
  return {
    sid: world.newSid("CH"),
    serviceSid: findService(store, given.serviceSid ?? store.defaults.chatServiceSid).sid,
    friendlyName: given.friendlyName ?? null,
    uniqueName: given.uniqueName || null,
    attributes: given.attributes ?? "{}",
    state: given.state ?? "active",
    messagingServiceSid: given.messagingServiceSid ?? store.defaults.messagingServiceSid,
    createdBy: given.createdBy ?? null,
    email: given.email ?? null,
    timers: {},
    createdAt: given.createdAt ?? now,
    updatedAt: given.updatedAt ?? now,
    nextIndex: 0,
  };
}

function refuseNewConversation(world: World, store: Store, given: NewConversation): void {
  refuseAttributes(given.attributes, LONGEST_ATTRIBUTES);
  refuseNames(given);
  refuseTimers(given.timers ?? {});
  refuseMessagingService(world, given.messagingServiceSid);
  // https://www.twilio.com/docs/api/errors/50384
  if (given.state === "closed") throw new ApiError(400, 50384, "Initial state cannot be closed");
  if (given.uniqueName) {
    refuseTakenName(world, store, given.serviceSid ?? store.defaults.chatServiceSid, given.uniqueName);
  }
}
