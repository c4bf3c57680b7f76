import * as z from "zod/mini";
import { FileError, type FileReason, type OpenedFile, type PlatformFile } from "../adapter";
import { openedFile, requireFileSize } from "../platform-file";
import { type BotApi, type BotRefusal, callBotApi, callForFile } from "./bot-api";

/** https://core.telegram.org/bots/api#getfile. The link holds our token: nobody else gets to see it. */
export async function openFile(api: BotApi, file: PlatformFile): Promise<OpenedFile> {
  requireFileSize("telegram", file.size);
  const { path, size } = await locate(api, file.reference);
  requireFileSize("telegram", size);
  const opened = openedFile("telegram", await callForFile(api, path).catch(unavailable));
  return { ...(size !== undefined && { size }), ...opened };
}

const located = z.object({
  file_path: z.string().check(z.maxLength(1024)),
  file_size: z.catch(z.optional(z.number()), undefined),
});

async function locate(api: BotApi, reference: string): Promise<{ path: string; size?: number }> {
  const answer = await callBotApi(api, "getFile", { file_id: reference }).catch(unavailable);
  if (!answer.ok) throw new FileError("telegram", reasonOf(answer));
  const found = located.safeParse(answer.result).data;
  if (!found) throw new FileError("telegram", "gone");
  if (!isPath(found.file_path)) throw new FileError("telegram", "foreign_host");
  return { path: found.file_path, size: found.file_size };
}

/** `documents/file_7.pdf`: no scheme, no host, no way up. */
const isPath = (path: string) =>
  /^[^\s\p{Cc}\\:?#%@]+$/u.test(path) && path.split("/").every((part) => part !== "" && !/^\.+$/.test(part));

function reasonOf({ status, description }: BotRefusal): FileReason {
  if (/too big/i.test(description)) return "too_big";
  // Of an id that it does not know Telegram says the same as of a file that it cannot reach for the moment.
  return status === 400 && !/temporarily unavailable/i.test(description) ? "gone" : "unavailable";
}

function unavailable(cause: unknown): never {
  throw new FileError("telegram", "unavailable", cause);
}
