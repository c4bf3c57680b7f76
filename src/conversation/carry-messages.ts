import type { MessageFile } from "../twilio/media";
import { newestMessages, postMessage, type StoredMessage } from "../twilio/messages";
import { carryFiles } from "./carry-files";
import type { Desk } from "./desk";
import { type UnshownFile, unshownIn } from "./mark-files";

export interface Carried {
  /** From which Conversation into which. */
  from: string;
  to: string;
  messages: readonly StoredMessage[];
  /** Nobody can have carried any of them before. */
  isFresh: boolean;
}

/** What becomes a Message of its own: words, or one file, as Twilio takes one by REST. */
interface Part {
  /** The SID of the Message, or of the file. */
  sid: string;
  message: StoredMessage;
  body?: string;
  file?: MessageFile;
}

/** Enough to hold what one customer can write while a Conversation closes, in parts. */
const LOOKED_AT = 100;

/**
 * Posts a customer's Messages into another Conversation, files and all, in their order. Each part is marked with what it
 * was made of, so that what a maker who died has carried is not carried again.
 */
export async function carryMessages(desk: Desk, { from, to, messages, isFresh }: Carried): Promise<void> {
  const there = isFresh ? [] : await newestMessages(desk.twilio, to, LOOKED_AT);
  const carried = new Set(there.map(({ attributes }) => attributes.copiedFrom));
  const parts = messages.flatMap(partsOf).filter(({ sid }) => !carried.has(sid));
  const files = await carryFiles(
    desk,
    from,
    parts.flatMap(({ file }) => file ?? []),
  );
  for (const part of parts) await post(desk, to, part, part.file && files.get(part.file.sid));
}

function partsOf(message: StoredMessage): Part[] {
  const { sid, body, files } = message;
  const ofFiles = files.map((file) => ({ sid: file.sid, message, file }));
  return body || files.length === 0 ? [{ sid, message, body }, ...ofFiles] : ofFiles;
}

/** Said to the agent in place of what could not be carried. */
const A_FILE = "(A file, see the Conversation before this one.)";

async function post(desk: Desk, to: string, { sid, message, body, file }: Part, copy?: MessageFile): Promise<void> {
  const { author, createdAt } = message;
  const unshown = copy ? unshownIn(author, [copy]) : file && leftBehind(file);
  const { platformId, platformTime } = message.attributes;
  // By these a channel of ours knows what its platform brings again.
  const ofPlatform = platformId === undefined ? {} : { platformId, platformTime };
  const attributes = { copiedFrom: sid, ...ofPlatform, ...(unshown ? { file: unshown } : {}) };
  const content = copy ? { mediaSid: copy.sid } : { body: body || A_FILE };
  await postMessage(desk.twilio, to, { ...content, author, createdAt, attributes });
}

const leftBehind = ({ sid: mediaSid, contentType: type, size }: MessageFile): UnshownFile => ({
  ...{ shown: false, mediaSid, type, size },
  words: "This file is in the Conversation before this one.",
});
