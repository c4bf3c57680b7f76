import type { HttpsAnswer } from "../runtime/https-call";
import { FileError, type OpenedFile } from "./adapter";
import type { CustomChannel } from "./custom-identity";
import { fileLimits } from "./limits";

/** A user's file as its platform answers it, no larger than customers of this channel may send. */
export function openedFile(channel: CustomChannel, answer: HttpsAnswer): OpenedFile {
  if (answer.status !== 200) throw new FileError(channel, reasonOf(answer.status));
  const size = lengthOf(answer);
  requireFileSize(channel, size);
  return { content: ReadableStream.from(counted(channel, answer)), ...(size !== undefined && { size }) };
}

export function requireFileSize(channel: CustomChannel, size = 0): void {
  const most = fileLimits(channel, "fromCustomer")?.bytesEach ?? 0;
  if (size > most) throw new FileError(channel, "too_big");
}

/** A redirection would lead to another host. */
function reasonOf(status: number): FileError["reason"] {
  if (status >= 300 && status < 400) return "foreign_host";
  return status === 404 || status === 410 ? "gone" : "unavailable";
}

function lengthOf({ headers }: HttpsAnswer): number | undefined {
  const length = headers["content-length"] ?? "";
  return /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}

/** What was told of a file's size binds nobody who sends it. */
async function* counted(channel: CustomChannel, { bytes }: HttpsAnswer): AsyncGenerator<Uint8Array> {
  let passed = 0;
  try {
    for await (const chunk of bytes) {
      passed += chunk.length;
      requireFileSize(channel, passed);
      yield chunk;
    }
  } catch (cause) {
    throw cause instanceof FileError ? cause : new FileError(channel, "unavailable", cause);
  }
}
