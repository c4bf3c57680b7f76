import {
  type AttachedFile,
  type AttachmentContext,
  type AttachmentReason,
  attachmentVerdict,
  isDangerous,
} from "./attachment-verdict";
import type { Channel, Direction } from "./channel";
import { extensionOf, FILE_TYPES, typeOfContent, typeOfName } from "./file-types";
import { contentTypeOf, type SniffReason, sniff, sniffVerdict } from "./sniff";

export type RepairedFile =
  | { ok: true; file: AttachedFile }
  | { ok: false; reason: AttachmentReason | SniffReason; words: string };

/**
 * What a file is to be declared as from here on, by its first bytes: they win over what its sender says, and its name is
 * given the ending that Flex goes by. Programs, pages, and what the channel does not take are refused.
 */
export function repairedFile(
  head: Uint8Array,
  file: AttachedFile,
  { channel, direction, ...context }: AttachmentContext & { channel: Channel; direction: Direction },
): RepairedFile {
  const sniffed = sniffVerdict(head, file.contentType);
  if (!sniffed.ok && sniffed.reason !== "type_differs") return sniffed;
  const contentType = sniffed.ok ? sniffed.contentType : contentTypeOf(sniff(head));
  const repaired = { ...file, contentType, ...(file.filename ? { filename: named(file.filename, contentType) } : {}) };
  const verdict = attachmentVerdict(channel, direction, repaired, context);
  return verdict.ok ? { ok: true, file: repaired } : verdict;
}

const LONGEST_STEM = 100;

/** A name is shown and saved: one line, no path, and the ending of its type unless that of something dangerous stands there. */
function named(filename: string, contentType: string): string {
  const plain = filename
    .replace(/^.*[/\\]/s, "")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .trim();
  const extension = extensionOf(plain);
  const stem = (extension ? plain.slice(0, -extension.length - 1) : plain).slice(0, LONGEST_STEM) || "file";
  const type = typeOfContent(contentType);
  const known = typeOfName(plain);
  const kept = !type || known === type || isDangerous(known);
  const ending = kept ? extension : FILE_TYPES[type].extensions[0];
  return ending ? `${stem}.${ending}` : stem;
}
