import { ApiError } from "../server/api-error";
import { sidFor } from "../sids";
import type { World } from "../world";
import type { FlexUserRow } from "./rows";

export interface FlexUsers {
  user(sid: string): FlexUserRow;
  update(sid: string, changes: Partial<Pick<FlexUserRow, "email" | "locale" | "userSid">>): FlexUserRow;
}

/** Every Worker logs in to Flex as a user: https://www.twilio.com/docs/flex/developer/user-management-api (their SIDs are ours). */
export function createFlexUsers(world: World): FlexUsers {
  const rows = world.memory.keep("flex users", new Map<string, FlexUserRow>());

  function user(sid: string): FlexUserRow {
    const known = rows.get(sid);
    if (known) return known;
    const worker = [...world.taskrouter.workers.values()].find((one) => flexUserSid(one.sid) === sid);
    if (!worker) throw new ApiError(404, 20404, "Flex user not found");
    const { createdAt } = worker;
    const email = `${worker.friendlyName}@example.com`;
    const dates = { createdAt, updatedAt: createdAt };
    const row = { sid, workerSid: worker.sid, email, locale: null, userSid: null, version: 0, ...dates };
    rows.set(sid, row);
    return row;
  }

  return {
    user,
    update(sid, changes) {
      const row = user(sid);
      Object.assign(row, changes, { version: row.version + 1, updatedAt: world.clock.now() });
      return row;
    },
  };
}

export const flexUserSid = (workerSid: string): string => sidFor("FU", workerSid);
