import type { ChannelAdapter, MessageEvent, PlatformFile } from "../../channels/adapter";
import type { MessageFile } from "../../twilio/media";
import type { NewMessage } from "../../twilio/messages";
import type { Desk } from "../desk";
import { unshownIn } from "../mark-files";
import type { CustomCustomer } from "./open-conversation";
import type { Words } from "./post-once";
import { type Connect, takeFile } from "./take-file";

/** What a Message's attribute `file` says of a file that did not come. */
export interface LostFile {
  shown: false;
  type?: string;
  size?: number;
  words: string;
}

/** https://www.twilio.com/docs/conversations-classic/conversations-limits, with room for what is written on it later. */
const MOST_BYTES = 2_048;

/** A customer's message as a Message: webhooks hear it, since to them it is one like any other. */
export function wordsOf(desk: Desk, adapter: ChannelAdapter, { identity }: CustomCustomer, event: MessageEvent): Words {
  const { id: platformId, at, text, file } = event;
  const attributes = attributesOf(adapter, event);
  // Dated when it is posted: by an older date it would pass for one that an agent has seen.
  const common = { author: identity, webhooks: true };
  const lose = (words: string): NewMessage => {
    const lost: LostFile = { ...{ shown: false, type: file?.contentType, size: file?.size }, words };
    return { ...common, body: withLost(text, words), attributes: { ...attributes, file: lost } };
  };
  const show = (shown: MessageFile): NewMessage => {
    const unshown = unshownIn(identity, [shown]);
    const more = unshown ? { ...attributes, file: unshown } : attributes;
    return { ...common, mediaSid: shown.sid, ...(text ? { body: text } : {}), attributes: more };
  };
  const take = async (wanted: PlatformFile, serviceSid: string) => {
    const connect: Connect = (deadline) => adapter.connect(desk.variables, deadline);
    const taken = await takeFile(desk, connect, { channel: adapter.name, file: wanted, serviceSid });
    return taken.ok ? show(taken.file) : lose(taken.words);
  };
  // However often it is posted, its file is fetched once for each service.
  const taken = new Map<string, Promise<NewMessage>>();
  const refused: Refused[] = [];
  return {
    platformId,
    at,
    async say(serviceSid) {
      if (refused.includes("words")) return { ...common, body: NO_WORDS, attributes: plainAttributes(event) };
      if (!file) return { ...common, body: text, attributes };
      if (refused.includes("file")) return lose(NOT_TAKEN);
      const once = taken.get(serviceSid) ?? take(file, serviceSid);
      taken.set(serviceSid, once);
      return once;
    },
    leave() {
      const next = file && refused.length === 0 ? "file" : "words";
      if (refused.includes(next)) return false;
      refused.push(next);
      return true;
    },
  };
}

type Refused = "file" | "words";

const NOT_TAKEN = "Twilio did not take it.";
/** Whatever it was that cannot be said, the agent is to know of it. */
const NO_WORDS = `[A message was sent. ${NOT_TAKEN}]`;

/** Said in place of a file. */
export const withLost = (text: string, words: string) =>
  [text, `[A file was sent. ${words}]`].filter(Boolean).join("\n");

const plainAttributes = ({ id: platformId, at }: MessageEvent) => ({ platformId, platformTime: at.toISOString() });

function attributesOf({ name }: ChannelAdapter, event: MessageEvent) {
  const { details } = event;
  const plain = plainAttributes(event);
  const full = { ...plain, ...(details ? { [name]: details } : {}) };
  return Buffer.byteLength(JSON.stringify(full)) <= MOST_BYTES ? full : plain;
}
