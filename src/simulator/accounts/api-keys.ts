import { notFound } from "../server/api-error";
import type { World } from "../world";
import type { ApiKeyRow } from "./rows";

/** The account's API keys. */
export interface ApiKeys {
  readonly keys: Map<string, ApiKeyRow>;
  key(sid: string): ApiKeyRow;
  create(friendlyName: string): ApiKeyRow;
}

export function createApiKeys(world: World): ApiKeys {
  const keys = world.memory.keep("api keys", new Map<string, ApiKeyRow>());
  function insert(key: { sid: string; secret: string; friendlyName: string }): ApiKeyRow {
    const now = world.clock.now();
    const row = { ...key, createdAt: now, updatedAt: now };
    keys.set(row.sid, row);
    return row;
  }
  insert({ ...world.account.apiKey, friendlyName: "flex-conversations" });
  return {
    keys,
    key(sid) {
      const row = keys.get(sid);
      if (!row) throw notFound(`Keys/${sid}`);
      return row;
    },
    // A secret has 32 characters, as a SID has after its prefix.
    create: (friendlyName) => insert({ sid: world.newSid("SK"), secret: world.newSid(""), friendlyName }),
  };
}
