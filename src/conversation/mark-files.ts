import { channelOfAddress } from "../channels/addresses";
import { whyNotShown } from "../channels/shown-in-flex";
import { fetchDelivery, replaceMessageAttributes } from "../twilio/deliveries";
import type { MessageFile } from "../twilio/media";
import { attempt, type Desk } from "./desk";

/** A Message with files, of whomever. */
export interface FilesOf {
  conversationSid: string;
  messageSid: string;
  author: string;
  files: readonly MessageFile[];
}

/** What a Message's attribute `file` says of the first file that an agent may not see. */
export interface UnshownFile {
  shown: false;
  mediaSid: string;
  type: string;
  size: number;
  words: string;
  /** How many more there are of this kind. */
  more?: number;
}

/** A customer's file that Flex may not show leaves words on its Message, so that it is not silence. Costs nothing else. */
export async function markFiles(desk: Desk, message: FilesOf): Promise<void> {
  const file = unshownIn(message.author, message.files);
  if (file) await attempt(desk, "marking_file", message.conversationSid, mark(desk, message, file));
}

/** Of the files of one Message, the first that an agent may not see. */
export function unshownIn(author: string, files: readonly MessageFile[]): UnshownFile | undefined {
  const channel = channelOfAddress(author);
  const [first, ...others] = files.flatMap((file) => {
    const words = channel && whyNotShown(channel, file);
    return words ? [{ ...file, words }] : [];
  });
  if (!first) return undefined;
  const { sid: mediaSid, contentType: type, size, words } = first;
  return { shown: false, mediaSid, type, size, words, ...(others.length > 0 ? { more: others.length } : {}) };
}

async function mark(desk: Desk, { conversationSid, messageSid }: FilesOf, file: UnshownFile): Promise<void> {
  const message = await fetchDelivery(desk.twilio, conversationSid, messageSid);
  if (!message || message.attributes.file) return;
  await replaceMessageAttributes(desk.twilio, conversationSid, messageSid, { ...message.attributes, file });
}
