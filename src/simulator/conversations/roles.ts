import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { permissionsOf } from "./permissions";
import type { RoleRow } from "./rows";
import { findService, type Store } from "./store";

type RoleType = RoleRow["type"];
export type NewRole = Pick<RoleRow, "serviceSid" | "friendlyName" | "type" | "permissions">;

/** https://www.twilio.com/docs/conversations-classic/api/role-resource */
export interface Roles {
  create(role: NewRole): RoleRow;
  list(serviceSid: string): RoleRow[];
  find(serviceSid: string, sid: string): RoleRow;
  /** By what it is called, of those a service starts with. */
  named(serviceSid: string, type: RoleType, friendlyName: string): RoleRow | undefined;
  /** The SID of a Role that exists and is of that type. */
  require(serviceSid: string, type: RoleType, sid: string): string;
  update(role: RoleRow, permissions: string[]): void;
  remove(role: RoleRow): void;
}

export function createRoles(world: World, store: Store): Roles {
  const roles: Roles = {
    create(given) {
      refuseName(given.friendlyName);
      refusePermissions(given.type, given.permissions);
      const now = world.clock.now();
      const row = { sid: world.newSid("RL"), ...given, createdAt: now, updatedAt: now };
      store.roles.set(row.sid, row);
      return row;
    },
    list: (serviceSid) => [...store.roles.values()].filter((row) => row.serviceSid === serviceSid),
    find(serviceSid, sid) {
      const row = store.roles.get(sid);
      if (row?.serviceSid !== serviceSid) throw new ApiError(404, 50100, "Role not found");
      return row;
    },
    named: (serviceSid, type, friendlyName) =>
      roles.list(serviceSid).find((row) => row.type === type && row.friendlyName === friendlyName),
    require(serviceSid, type, sid) {
      const row = store.roles.get(sid);
      if (row?.serviceSid === serviceSid && row.type === type) return sid;
      // https://www.twilio.com/docs/api/errors/50109 and 50102; their status is unverified.
      if (type === "conversation") throw new ApiError(404, 50109, "Conversation role not found");
      throw new ApiError(404, 50102, "Service role not found");
    },
    update(row, permissions) {
      refusePermissions(row.type, permissions);
      row.permissions = permissions;
      row.updatedAt = world.clock.now();
    },
    remove(row) {
      // That Twilio keeps a Role that somebody has, or gets by default, is unverified, and so is the code.
      if (isInUse(store, row)) throw new ApiError(409, 20409, "The Role is a default, or somebody has it");
      store.roles.delete(row.sid);
    },
  };
  return roles;
}

function isInUse(store: Store, { sid, serviceSid }: RoleRow): boolean {
  const { creatorRoleSid, conversationRoleSid, serviceRoleSid } = findService(store, serviceSid).configuration;
  if ([creatorRoleSid, conversationRoleSid, serviceRoleSid].includes(sid)) return true;
  if ([...store.users.values()].some(({ roleSid }) => roleSid === sid)) return true;
  return [...store.participants.values()].some((rows) => rows.some(({ roleSid }) => roleSid === sid));
}

/** 64 characters, as the document says; 50003, https://www.twilio.com/docs/api/errors/50003 */
function refuseName(friendlyName: string): void {
  if (friendlyName.length > 64) throw new ApiError(400, 50003, "Friendly name is too long");
}

/** 50104, https://www.twilio.com/docs/api/errors/50104 */
function refusePermissions(type: RoleType, permissions: readonly string[]): void {
  const unknown = permissions.find((permission) => !permissionsOf(type).includes(permission));
  if (unknown !== undefined) throw new ApiError(400, 50104, `Permission not found: no ${type} role has ${unknown}`);
}
