import type { Channel, Direction } from "./channel";
import { forCustomChannels, titleOf } from "./custom-identity";
import {
  ACTIVE_CONTENT,
  extensionOf,
  FILE_TYPES,
  type FileTypeName,
  kindOf,
  PROGRAMS,
  typeOfContent,
  typeOfName,
} from "./file-types";
import { type FileLimits, fileLimits } from "./limits";

/** A file before it travels, as its sender describes it. */
export interface AttachedFile {
  contentType: string;
  /** Bytes. */
  size: number;
  filename?: string;
}

/** How the file stands among others: how many there are, their bytes in all, a text beside them, and the customer's address where known. */
export interface AttachmentContext {
  count?: number;
  bytesInAll?: number;
  withText?: boolean;
  customer?: string;
}

export type AttachmentReason =
  | "no_files"
  | "country"
  | "too_many_files"
  | "empty_file"
  | "dangerous_type"
  | "type_not_accepted"
  | "name_and_type_differ"
  | "file_too_big"
  | "files_too_big"
  | "text_not_shown";

/** Words are for an agent to read. */
export type AttachmentVerdict = { ok: true } | { ok: false; reason: AttachmentReason; words: string };

const NAMES: Readonly<Record<Channel, string>> = {
  sms: "SMS",
  mms: "SMS",
  whatsapp: "WhatsApp",
  messenger: "Messenger",
  chat: "Web chat",
  ...forCustomChannels(titleOf),
};

/** Whether a file may go, before anything is stored: Conversations keeps what a channel will never deliver. */
export function attachmentVerdict(
  channel: Channel,
  direction: Direction,
  file: AttachedFile,
  { count = 1, bytesInAll = file.size, withText = false, customer }: AttachmentContext = {},
): AttachmentVerdict {
  const limits = fileLimits(channel, direction);
  const name = NAMES[channel];
  if (!limits) return refused("no_files", `${name} takes no files.`);
  if (customer && !reaches(limits, customer)) {
    return refused("country", `${name} takes files to phones in ${limits.countries?.join(", ")} only.`);
  }
  if (count > limits.most) {
    return refused("too_many_files", `${name} takes ${inWords(limits.most, "file")} in a message; these are ${count}.`);
  }
  if (!(file.size > 0)) return refused("empty_file", "The file is empty.");
  const most = bytesFor(limits, file);
  return (
    typeVerdict(limits, file, name) ??
    (file.size > most
      ? refused("file_too_big", `The file has ${inMegabytes(file.size)}; ${name} takes up to ${inMegabytes(most)}.`)
      : undefined) ??
    (bytesInAll > limits.bytesInAll
      ? refused(
          "files_too_big",
          `The files have ${inMegabytes(bytesInAll)}; ${name} takes ${inMegabytes(limits.bytesInAll)}.`,
        )
      : undefined) ??
    (withText && limits.hidesText?.includes(kindOf(file.contentType))
      ? refused("text_not_shown", `${name} shows no text beside such a file. Send the text and the file one by one.`)
      : { ok: true })
  );
}

/** Whether the customer sees the file in the chat itself, rather than something to open. */
export function isShown(channel: Channel, { contentType, size }: AttachedFile): boolean {
  const type = typeOfContent(contentType);
  const shown = fileLimits(channel, "toCustomer")?.shown?.[kindOf(contentType)];
  return type !== undefined && shown !== undefined && size <= shown.bytes && shown.types.includes(type);
}

export function bytesFor(limits: FileLimits, { contentType }: AttachedFile): number {
  return Math.min(limits.bytesEach, limits.bytesByKind?.[kindOf(contentType)] ?? Number.POSITIVE_INFINITY);
}

/** Twilio holds the declared type against what it finds, and Flex goes by the name's ending: both must be right. */
function typeVerdict(limits: FileLimits, { contentType, filename }: AttachedFile, name: string) {
  const declared = typeOfContent(contentType);
  const named = filename ? typeOfName(filename) : undefined;
  if ([declared, named].some(isDangerous)) {
    return refused("dangerous_type", "Programs, scripts, web pages and SVG drawings are never passed on.");
  }
  if (limits.types !== "any" && !(declared && limits.types.includes(declared))) {
    return refused(
      "type_not_accepted",
      `${name} does not take ${contentType}. It takes ${extensionsOf(limits.types)}.`,
    );
  }
  if (filename && extensionOf(filename) && declared && named !== declared && !(limits.types === "any" && !named)) {
    return refused(
      "name_and_type_differ",
      `The file is named ${extensionOf(filename)} but declared as ${contentType}.`,
    );
  }
  return undefined;
}

/** Programs and pages, which are never passed on. */
export const isDangerous = (type: FileTypeName | undefined): boolean =>
  type !== undefined && [...PROGRAMS, ...ACTIVE_CONTENT].includes(type);

/** "+1" is more than the United States: a number does not tell Canada from them, Twilio's receipt will. */
const reaches = ({ countries }: FileLimits, customer: string) => !countries || customer.startsWith("+1");

const extensionsOf = (types: readonly FileTypeName[]) => types.map((type) => FILE_TYPES[type].extensions[0]).join(", ");

const inWords = (count: number, noun: string) => (count === 1 ? `one ${noun}` : `${count} ${noun}s`);

/** One byte over 16 MB must not read as 16 MB. */
const inMegabytes = (bytes: number) => `${Number((Math.ceil((bytes / 1024 / 1024) * 100) / 100).toFixed(2))} MB`;

const refused = (reason: AttachmentReason, words: string): AttachmentVerdict => ({ ok: false, reason, words });
