import * as z from "zod/mini";
import type { HttpsAnswer } from "../../runtime/https-call";
import { FileError, type FileReason, type OpenedFile, type PlatformFile } from "../adapter";
import { type BotApi, type BotRefusal, callBotApi, callForFile } from "./bot-api";
import { LARGEST_FILE } from "./files";

/** https://core.telegram.org/bots/api#getfile. The link holds our token: nobody else gets to see it. */
export async function openFile(api: BotApi, file: PlatformFile): Promise<OpenedFile> {
  requireSize(file.size);
  const { path, size } = await locate(api, file.reference);
  requireSize(size);
  const answer = await callForFile(api, path).catch(unavailable);
  if (answer.status !== 200) throw new FileError("telegram", reasonOfStatus(answer.status));
  const length = lengthOf(answer) ?? size;
  requireSize(length);
  return { content: ReadableStream.from(counted(answer)), ...(length !== undefined && { size: length }) };
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
  return status === 400 ? "gone" : "unavailable";
}

/** A redirection would lead to another host. */
function reasonOfStatus(status: number): FileReason {
  if (status >= 300 && status < 400) return "foreign_host";
  return status === 404 || status === 410 ? "gone" : "unavailable";
}

function requireSize(size: number | undefined): void {
  if (size !== undefined && size > LARGEST_FILE) throw new FileError("telegram", "too_big");
}

function lengthOf({ headers }: HttpsAnswer): number | undefined {
  const length = headers["content-length"] ?? "";
  return /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}

/** What was told of a file's size binds nobody who sends it. */
async function* counted({ bytes }: HttpsAnswer): AsyncGenerator<Uint8Array> {
  let passed = 0;
  try {
    for await (const chunk of bytes) {
      passed += chunk.length;
      requireSize(passed);
      yield chunk;
    }
  } catch (cause) {
    throw cause instanceof FileError ? cause : new FileError("telegram", "unavailable", cause);
  }
}

function unavailable(cause: unknown): never {
  throw new FileError("telegram", "unavailable", cause);
}
