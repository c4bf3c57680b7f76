import { createHash } from "node:crypto";
import type { World } from "../world";
import { badRequest } from "./bot-error";
import { imageSize } from "./image-size";
import type { FileRow, Wire } from "./rows";

/** https://core.telegram.org/bots/api#getfile */
const LARGEST_DOWNLOAD = 20 * 1024 * 1024;
const DOWNLOADABLE_MS = 3_600_000;

/** Files that users and the bot have sent. */
export interface BotFiles {
  keep(file: { content: Buffer; contentType: string; filename?: string; folder: string }): FileRow;
  find(id: string): FileRow | undefined;
  /** What `getFile` answers; from then on it can be downloaded for an hour, and by the harsher reading no longer. */
  open(id: string): Wire;
  /** Undefined where nothing can be downloaded. */
  download(path: string): { content: Buffer; contentType: string } | undefined;
}

export function createBotFiles(world: World): BotFiles {
  const rows = world.memory.keep("telegram files", new Map<string, FileRow>());
  return {
    keep({ content, contentType, filename, folder }) {
      const number = rows.size + 1;
      const digest = createHash("sha256").update(`${world.seed}/${number}`).digest("base64url");
      const row: FileRow = {
        id: `AgAC${digest}`,
        uniqueId: `AQAD${digest.slice(0, 12)}`,
        path: `${folder}/file_${number}${extension(filename, contentType)}`,
        downloadableUntil: null,
        ...world.media.files.keep(content),
        contentType,
        filename: filename ?? null,
        width: null,
        height: null,
        ...imageSize(content),
      };
      rows.set(row.id, row);
      return row;
    },
    find: (id) => rows.get(id),
    open(id) {
      const row = rows.get(id);
      if (!row) throw badRequest("invalid file_id");
      if (row.size > LARGEST_DOWNLOAD) throw badRequest("file is too big");
      row.downloadableUntil = new Date(world.clock.ms() + DOWNLOADABLE_MS);
      return { file_id: row.id, file_unique_id: row.uniqueId, file_size: row.size, file_path: row.path };
    },
    download(path) {
      const row = [...rows.values()].find((one) => one.path === path);
      const content = row && world.media.files.read(row.sha256);
      const isOpen = row?.downloadableUntil && world.clock.now() < row.downloadableUntil;
      return isOpen && content ? { content, contentType: "application/octet-stream" } : undefined;
    },
  };
}

function extension(filename: string | undefined, contentType: string): string {
  const [named] = /\.[A-Za-z0-9]{1,8}$/.exec(filename ?? "") ?? [];
  const known: Record<string, string> = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "audio/ogg": ".oga",
    "video/mp4": ".mp4",
  };
  return named ?? known[contentType] ?? "";
}
