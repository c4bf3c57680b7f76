import { type FetchedFile, fetchFile } from "../platforms/fetch-file";
import type { World } from "../world";
import { BotError, badRequest } from "./bot-error";
import type { BotFiles } from "./files";
import { imageSize } from "./image-size";
import type { BotParams } from "./read-params";
import type { FileRow, Wire } from "./rows";
import { fileWire, photoSizeWire } from "./wire";

export type FileKind = "photo" | "document" | "video" | "audio" | "voice" | "animation" | "sticker" | "video_note";

const MB = 1024 * 1024;

/** https://core.telegram.org/bots/api#sending-files */
const LARGEST = { uploadedPhoto: 10 * MB, uploaded: 50 * MB, linkedPhoto: 5 * MB, linkedVoice: MB, linked: 20 * MB };

/** https://core.telegram.org/bots/api#senddocument, and of voice by reports of bots. */
const LINKED_TYPES: Partial<Record<FileKind, readonly string[]>> = {
  document: ["application/pdf", "application/zip", "image/gif"],
  voice: ["audio/ogg"],
};

/** https://core.telegram.org/bots/api#sendphoto */
const MOST_PIXELS = 10_000;
const LONGEST_SIDE = 20;

/** Files of the bot's, as it uploads them, links to them, or names those that Telegram has. */
export interface SentFiles {
  take(params: BotParams, kind: FileKind): Promise<FileRow>;
}

export function createSentFiles(world: World, files: BotFiles): SentFiles {
  async function take(params: BotParams, kind: FileKind): Promise<FileRow> {
    const uploaded = params.file(kind);
    const given = params.text(kind);
    if (uploaded) {
      const { content, type: contentType, name: filename } = uploaded;
      return keep(kind, { content, contentType: contentType || "application/octet-stream", filename }, "uploaded");
    }
    if (/^https?:\/\//i.test(given)) return keep(kind, await fetched(given), "linked");
    if (given === "") throw badRequest(`there is no ${kind} in the request`);
    const known = files.find(given);
    if (!known) throw badRequest("wrong file identifier/HTTP URL specified");
    return known;
  }

  async function fetched(url: string): Promise<FetchedFile> {
    const file = URL.canParse(url) ? await fetchFile(world, "telegram", url) : undefined;
    if (!file) throw badRequest("failed to get HTTP URL content");
    return file;
  }

  function keep(kind: FileKind, file: FetchedFile, way: "uploaded" | "linked"): FileRow {
    const { content, contentType } = file;
    if (content.length === 0) throw badRequest("file must be non-empty");
    if (way === "uploaded" && content.length > LARGEST.uploaded) throw new BotError(413, "Request Entity Too Large");
    if (way === "linked") refuseLinked(kind, file);
    if (kind === "photo") refusePhoto(content, way);
    return files.keep({
      content,
      contentType,
      filename: kind === "photo" ? undefined : file.filename,
      folder: `${kind}s`,
    });
  }

  return { take };
}

function refuseLinked(kind: FileKind, { content, contentType }: FetchedFile): void {
  const largest = kind === "photo" ? LARGEST.linkedPhoto : kind === "voice" ? LARGEST.linkedVoice : LARGEST.linked;
  if (content.length > largest) throw badRequest("failed to get HTTP URL content");
  if (LINKED_TYPES[kind]?.includes(contentType) === false) throw badRequest("wrong type of the web page content");
}

function refusePhoto(content: Buffer, way: "uploaded" | "linked"): void {
  if (way === "uploaded" && content.length > LARGEST.uploadedPhoto) throw badRequest("file is too big for a photo");
  const size = imageSize(content);
  if (!size) throw badRequest("IMAGE_PROCESS_FAILED");
  const { width, height } = size;
  const ratio = Math.max(width, height) / Math.max(1, Math.min(width, height));
  if (width + height > MOST_PIXELS || (width > 0 && ratio > LONGEST_SIDE)) throw badRequest("PHOTO_INVALID_DIMENSIONS");
}

/** How a message shows its file: https://core.telegram.org/bots/api#message */
export function showFile(kind: FileKind, file: FileRow): Wire {
  if (kind === "photo") return { photo: [photoSizeWire(file)] };
  const lasts = ["voice", "audio", "video", "video_note"].includes(kind);
  const shown = { ...fileWire(file), ...(lasts ? { duration: 1 } : {}) };
  return kind === "animation" ? { animation: shown, document: shown } : { [kind]: shown };
}
