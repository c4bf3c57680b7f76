import { ApiError, notFound } from "../server/api-error";
import type { World } from "../world";

/** The Sync Documents of the default service. */
export interface DocumentRow {
  sid: string;
  uniqueName: string | null;
  data: Record<string, unknown>;
  /** Rises with each write; the ETag that `If-Match` compares. */
  revision: number;
  expiresAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** The account has one Sync service, its default. */
export interface SyncServiceRow {
  sid: string;
  createdAt: Date;
}

/** What a create or update request asks for, checked. */
export interface DocumentChange {
  data?: Record<string, unknown>;
  /** Seconds to live from now; 0 means for ever. */
  ttl?: number;
}

/** Unknown names and refusals throw ApiError with Twilio's codes. */
export interface Sync {
  readonly service: SyncServiceRow;
  /** By SID. */
  readonly documents: ReadonlyMap<string, DocumentRow>;
  /** By SID or unique name. */
  document(sidOrName: string): DocumentRow;
  createDocument(change: DocumentChange & { uniqueName?: string }): DocumentRow;
  /** `ifMatch` is the revision the caller has seen: the update fails when another came in between. */
  updateDocument(sidOrName: string, change: DocumentChange & { ifMatch?: string }): DocumentRow;
  deleteDocument(sidOrName: string): void;
}

type Surroundings = Pick<World, "account" | "clock" | "newSid" | "memory" | "alarms">;

export function createSync({ account, clock, newSid, memory, alarms }: Surroundings): Sync {
  const service = memory.keep("sync service", { sid: account.syncServiceSid, createdAt: clock.now() });
  const documents = memory.keep("documents", new Map<string, DocumentRow>());
  /** By unique name. */
  const sids = memory.keep("document names", new Map<string, string>());
  const expiry = alarms.bell("document expiry", remove);

  function find(sidOrName: string): DocumentRow | undefined {
    return documents.get(sids.get(sidOrName) ?? sidOrName);
  }

  function document(sidOrName: string): DocumentRow {
    const row = find(sidOrName);
    if (!row) throw notFound(`/Services/${account.syncServiceSid}/Documents/${sidOrName}`);
    return row;
  }

  function remove(sid: string): void {
    expiry.cancel(sid);
    sids.delete(documents.get(sid)?.uniqueName ?? "");
    documents.delete(sid);
  }

  /** On the second here. Twilio's own expiry is up to minutes late: https://www.twilio.com/docs/sync/objects-ttl */
  function expire(row: DocumentRow, ttl: number): void {
    row.expiresAt = ttl > 0 ? new Date(clock.ms() + ttl * 1000) : null;
    if (row.expiresAt) expiry.set(row.sid, row.expiresAt);
    else expiry.cancel(row.sid);
  }

  return {
    service,
    documents,
    document,
    createDocument({ uniqueName, data = {}, ttl = 0 }) {
      if (uniqueName !== undefined && find(uniqueName)) throw nameTaken();
      const now = clock.now();
      const row: DocumentRow = {
        sid: newSid("ET"),
        uniqueName: uniqueName ?? null,
        data,
        revision: 0,
        expiresAt: null,
        createdAt: now,
        updatedAt: now,
      };
      documents.set(row.sid, row);
      if (row.uniqueName !== null) sids.set(row.uniqueName, row.sid);
      expire(row, ttl);
      return row;
    },
    updateDocument(sidOrName, { data, ttl, ifMatch }) {
      const row = document(sidOrName);
      if (ifMatch !== undefined && ifMatch !== String(row.revision)) throw revisionMismatch();
      if (data !== undefined) row.data = data;
      // Without a Ttl the old expiry stays: https://www.twilio.com/docs/sync/objects-ttl
      if (ttl !== undefined) expire(row, ttl);
      row.revision += 1;
      row.updatedAt = clock.now();
      return row;
    },
    deleteDocument: (sidOrName) => remove(document(sidOrName).sid),
  };
}

/** https://www.twilio.com/docs/api/errors/54301 */
function nameTaken(): ApiError {
  return new ApiError(409, 54301, "Unique name already exists");
}

/** https://www.twilio.com/docs/api/errors/54103 */
function revisionMismatch(): ApiError {
  return new ApiError(412, 54103, "The revision of the Document does not match the expected revision");
}
