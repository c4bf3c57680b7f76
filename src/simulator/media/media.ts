import { ApiError, notFound } from "../server/api-error";
import type { World } from "../world";
import { createFiles, type Files } from "./files";
import type { MediaRow, NewMedia } from "./rows";

/** The Media Content Service: https://www.twilio.com/docs/conversations-classic/api/media-resource */
export interface Media {
  readonly media: ReadonlyMap<string, MediaRow>;
  readonly files: Files;
  add(media: NewMedia): MediaRow;
  /** Of one service; its errors are taken to be like other APIs', which is unverified. */
  get(serviceSid: string, sid: string): MediaRow;
  /** In any service. */
  find(sid: string): MediaRow | undefined;
  content(row: MediaRow): Buffer;
  /** Those a new Message may show; refuses what is unknown or belongs to another one. */
  free(serviceSid: string, sids: readonly string[]): MediaRow[];
  /** From now on they belong to this Message. */
  attach(rows: readonly MediaRow[], message: { sid: string; conversationSid: string }): void;
}

export function createMedia(world: World): Media {
  const media = world.memory.keep("media", new Map<string, MediaRow>());
  const files = createFiles(world.memory.keep("files", new Map<string, Buffer>()));
  return {
    media,
    files,
    add({ serviceSid, content, contentType, filename, author, category, multipart }) {
      const now = world.clock.now();
      const row: MediaRow = {
        sid: world.newSid("ME"),
        serviceSid,
        contentType,
        filename: filename ?? null,
        ...files.keep(content),
        author: author ?? "system",
        category: category ?? "media",
        multipart: multipart ?? false,
        messageSid: null,
        conversationSid: null,
        createdAt: now,
        updatedAt: now,
      };
      media.set(row.sid, row);
      return row;
    },
    get(serviceSid, sid) {
      const row = media.get(sid);
      if (row?.serviceSid !== serviceSid) throw notFound(`Services/${serviceSid}/Media/${sid}`);
      return row;
    },
    find: (sid) => media.get(sid),
    content(row) {
      const content = files.read(row.sha256);
      if (!content) throw notFound(`Media/${row.sid}/Content`);
      return content;
    },
    free: (serviceSid, sids) =>
      sids.map((sid) => {
        const row = media.get(sid);
        // 50507 and 50508: https://www.twilio.com/docs/api/errors
        if (row?.serviceSid !== serviceSid) throw new ApiError(400, 50507, `Media ${sid} was not found`);
        if (row.messageSid) throw new ApiError(400, 50508, `Media ${sid} belongs to another message already`);
        return row;
      }),
    attach(rows, { sid: messageSid, conversationSid }) {
      for (const row of rows) Object.assign(row, { messageSid, conversationSid, updatedAt: world.clock.now() });
    },
  };
}
