import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { announceInService } from "./events";
import { refuseAttributes } from "./refusals";
import type { Roles } from "./roles";
import type { Source, UserRow } from "./rows";
import { findService, participantsNamed, type Store } from "./store";
import { date } from "./wire";

/** What may be changed of a User. */
export type UserChange = Partial<Pick<UserRow, "friendlyName" | "attributes" | "roleSid">>;

/** Who acts, and whether webhooks are to hear of it. */
export interface Telling {
  source: Source;
  webhooks: boolean;
  /** Whose client SDK it was. */
  clientIdentity?: string;
}

/** https://www.twilio.com/docs/conversations-classic/api/user-resource */
export interface Users {
  create(serviceSid: string, user: UserChange & { identity: string }, telling: Telling): UserRow;
  /** The User of that identity, made where there is none: as chat Participants join. */
  ensure(serviceSid: string, identity: string, telling: Telling): UserRow;
  list(serviceSid: string): UserRow[];
  /** By SID or identity. */
  find(serviceSid: string, sidOrIdentity: string): UserRow;
  named(serviceSid: string, identity: string): UserRow | undefined;
  update(user: UserRow, change: UserChange, telling: Telling): void;
  remove(user: UserRow): void;
}

/** That a User's attributes may be as long as a Conversation's is unverified. */
const LONGEST_ATTRIBUTES = 16 * 1024;

export function createUsers(world: World, store: Store, roles: Roles): Users {
  const tell = (type: string, row: UserRow, { source, webhooks }: Telling, more: Record<string, string> = {}) => {
    const fields = { ...userFields(row), ...more };
    if (webhooks) announceInService(world, store, { type, serviceSid: row.serviceSid, source, fields });
  };

  function refuseChange(
    { serviceSid }: Pick<UserRow, "serviceSid">,
    { attributes, friendlyName, roleSid }: UserChange,
  ) {
    refuseAttributes(attributes, LONGEST_ATTRIBUTES);
    if (friendlyName && friendlyName.length > 256) throw new ApiError(400, 50003, "Friendly name is too long");
    if (roleSid !== undefined) roles.require(serviceSid, "service", roleSid);
  }

  const users: Users = {
    create(serviceSid, { identity, ...given }, telling) {
      refuseIdentity(identity);
      refuseChange({ serviceSid }, given);
      if (users.named(serviceSid, identity)) throw new ApiError(409, 50201, "User already exists");
      const now = world.clock.now();
      const row: UserRow = {
        sid: world.newSid("US"),
        serviceSid,
        identity,
        friendlyName: given.friendlyName ?? null,
        attributes: given.attributes ?? "{}",
        roleSid: given.roleSid ?? findService(store, serviceSid).configuration.serviceRoleSid,
        isOnline: null,
        createdAt: now,
        updatedAt: now,
      };
      store.users.set(keyOf(serviceSid, identity), row);
      tell("onUserAdded", row, telling);
      return row;
    },
    ensure: (serviceSid, identity, telling) =>
      users.named(serviceSid, identity) ?? users.create(serviceSid, { identity }, telling),
    list: (serviceSid) => [...store.users.values()].filter((row) => row.serviceSid === serviceSid),
    find(serviceSid, sidOrIdentity) {
      const row =
        users.named(serviceSid, sidOrIdentity) ?? users.list(serviceSid).find(({ sid }) => sid === sidOrIdentity);
      if (!row) throw new ApiError(404, 50200, "User not found");
      return row;
    },
    named: (serviceSid, identity) => store.users.get(keyOf(serviceSid, identity)),
    update(row, change, telling) {
      refuseChange(row, change);
      Object.assign(row, change, { updatedAt: world.clock.now() });
      tell("onUserUpdated", row, telling, reachability(row));
    },
    // That their memberships end with them is unverified; in closed Conversations they stay, as nothing changes there.
    remove(row) {
      for (const { conversationSid, sid } of participantsNamed(store, row.identity)) {
        const conversation = world.conversations.conversation(conversationSid);
        if (conversation.serviceSid !== row.serviceSid || conversation.state === "closed") continue;
        world.conversations.participantsOf.remove(conversationSid, sid, { source: "API", webhooks: false });
      }
      store.users.delete(keyOf(row.serviceSid, row.identity));
    },
  };
  return users;
}

const keyOf = (serviceSid: string, identity: string) => `${serviceSid}/${identity}`;

/** 50204, 50207, 50206: https://www.twilio.com/docs/api/errors */
export function refuseIdentity(identity: string): void {
  if (identity === "") throw new ApiError(400, 50204, "Identity is not provided");
  if (identity.length > 256) throw new ApiError(400, 50207, "Identity is too long");
  if (/^US[0-9a-f]{32}$/.test(identity))
    throw new ApiError(400, 50206, "Identity must not look like the SID of a User");
}

export function userFields(row: UserRow): Record<string, string> {
  return {
    ChatServiceSid: row.serviceSid,
    UserSid: row.sid,
    Identity: row.identity,
    RoleSid: row.roleSid,
    Attributes: row.attributes,
    ...(row.friendlyName === null ? {} : { FriendlyName: row.friendlyName }),
    DateCreated: date(row.createdAt),
    DateUpdated: date(row.updatedAt),
  };
}

/** What is told of a User who was updated alone. */
const reachability = ({ isOnline }: UserRow) => ({ isOnline: String(isOnline ?? false), isNotifiable: "false" });
