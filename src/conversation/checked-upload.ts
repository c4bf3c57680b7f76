import type { AttachmentContext, AttachmentReason } from "../channels/attachment-verdict";
import type { Channel, Direction } from "../channels/channel";
import { repairedFile } from "../channels/repaired-file";
import type { SniffReason } from "../channels/sniff";
import type { Bytes } from "../runtime/https-call";
import { tryAgain } from "../runtime/try-again";
import type { MessageFile } from "../twilio/media";
import { type MediaService, type NewFile, uploadMedia } from "../twilio/media-content";

/** Whose file it is, and how it stands among others. */
export type FileContext = AttachmentContext & { channel: Channel; direction: Direction };

/** Words are for an agent to read. */
export type CheckedUpload =
  | { ok: true; file: MessageFile }
  | { ok: false; reason: AttachmentReason | SniffReason; words: string };

/** Within it stand the names of what a zip holds, which tell a document from a program. */
const HEAD = 64 * 1024;

/**
 * Keeps a file for a Message, as what its first bytes show it to be. One that the channel does not take, or nobody should
 * get, is refused before anything is sent. A stream is read once and never held whole; bytes at hand are tried again.
 */
export async function checkedUpload(
  service: MediaService,
  file: NewFile,
  context: FileContext,
): Promise<CheckedUpload> {
  const { head, bytes, close } = await peek(file.bytes);
  const verdict = repairedFile(head, file, context);
  if (!verdict.ok) {
    await close();
    return verdict;
  }
  const { contentType, filename } = verdict.file;
  const upload = () => uploadMedia(service, { bytes, size: file.size, contentType, filename });
  return { ok: true, file: await (bytes instanceof Uint8Array ? tryAgain(service.deadline, upload) : upload()) };
}

interface Peeked {
  /** The first bytes. */
  head: Uint8Array;
  /** All of them, as before. */
  bytes: Bytes;
  /** Tells whoever sends them that no more are wanted. */
  close(): Promise<unknown>;
}

async function peek(bytes: Bytes): Promise<Peeked> {
  if (bytes instanceof Uint8Array) return { head: bytes, bytes, close: async () => undefined };
  const rest = bytes[Symbol.asyncIterator]();
  const close = async () => rest.return?.();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD) {
    const { value, done } = await rest.next();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  async function* joined() {
    try {
      yield* chunks;
      yield* { [Symbol.asyncIterator]: () => rest };
    } finally {
      await close();
    }
  }
  return { head: Buffer.concat(chunks), bytes: joined(), close };
}
