import type { SentFile } from "../conversations/inbound-media";
import type { PhoneMedia, TextEntity } from "../phone/phones";
import type { PlatformCustomer } from "../platforms/platform";
import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { Chats } from "./chats";
import type { BotFiles } from "./files";
import { identityOf } from "./identity";
import type { CustomerRow, FileRow, Wire, Words } from "./rows";
import { type FileKind, showFile } from "./sent-files";
import { thumbnail } from "./thumbnail";
import type { Updates } from "./updates";
import { botWire, captionWire, chatWire, photoSizeWire, textWire, userWire } from "./wire";

/** A user's end. What they send answers its `message_id`. */
export interface TelegramCustomer extends PlatformCustomer {
  readonly id: number;
  readonly identity: string;
  /** Tells Telegram who they are, from now on. */
  is(profile: Partial<Pick<CustomerRow, "firstName" | "lastName" | "username" | "language">>): void;
  /** Presses Start, perhaps behind a link with a payload: https://core.telegram.org/bots/features#deep-linking */
  start(payload?: string): number;
  say(text: string, more?: { entities?: readonly TextEntity[]; replyTo?: number }): number;
  sendFile(kind: FileKind, file: SentFile, caption?: Caption): number;
  /** Several files under one heading: each a message of its own, at the same time. */
  album(files: readonly SentFile[], caption?: string): number[];
  sendLocation(latitude: number, longitude: number): number;
  sendContact(contact: { phone: string; firstName: string; lastName?: string }): number;
  sendPoll(question: string, options: readonly string[]): number;
  /** Anything else, in Telegram's own names: `{ dice: { emoji: "🎲", value: 4 } }`. */
  sendOther(content: Wire, shown?: string): number;
  /** Changes what they wrote, or the words under a file. */
  edit(messageId: number, text: string, entities?: readonly TextEntity[]): void;
  block(): void;
  unblock(): void;
  /** Deletes their account, of which no bot is told. */
  deactivate(): void;
}

interface Caption {
  caption?: string;
  entities?: readonly TextEntity[];
}

interface Parts {
  world: World;
  chats: Chats;
  files: BotFiles;
  updates: Updates;
}

/** What apps let a user send: https://core.telegram.org/bots/api#sendmessage; and files of up to 2 GB, which no bot can fetch. */
const LONGEST_TEXT = 4096;
const LONGEST_CAPTION = 1024;

export function customerEnds({ world, chats, files, updates }: Parts): (id: number) => TelegramCustomer {
  const sent = world.memory.keep("telegram messages", new Map<string, Wire>());
  const bot = world.account.telegramBot;
  const seconds = () => Math.floor(world.clock.ms() / 1000);

  return (id) => {
    const row = chats.of(id);
    const identity = identityOf(id);

    function tell(content: Wire, words: Words, media?: PhoneMedia): number {
      if (["blocked", "deactivated"].includes(row.standing)) {
        throw new ApiError(400, 20001, `${identity} is ${row.standing} and cannot write to the bot`);
      }
      row.standing = "started";
      const messageId = chats.nextMessageId(row);
      const message = { message_id: messageId, from: userWire(row), chat: chatWire(row), date: seconds(), ...content };
      sent.set(`${id}/${messageId}`, message);
      const { text: body, entities } = words;
      world.phones.wrote({
        ...{ customer: identity, sender: `@${bot.username}`, body, platformId: String(messageId) },
        ...(entities.length > 0 ? { entities } : {}),
        ...(media ? { media: [media] } : {}),
      });
      updates.add("message", message, id);
      return messageId;
    }

    function sendFile(kind: FileKind, file: SentFile, { caption = "", entities = [] }: Caption, more: Wire = {}) {
      const words = refuseLong({ text: caption, entities }, LONGEST_CAPTION);
      const { contentType, content, filename } = file;
      const named = kind === "photo" ? { content, contentType } : { content, contentType, filename };
      const kept = files.keep({ ...named, folder: `${kind}s` });
      const media = { contentType, filename: filename ?? "", size: kept.size, sha256: kept.sha256 };
      return tell({ ...shown(kind, kept), ...captionWire(words), ...more }, words, media);
    }

    /** A photo comes in several sizes, the largest last. */
    function shown(kind: FileKind, file: FileRow): Wire {
      if (kind !== "photo") return showFile(kind, file);
      const small = files.keep({ content: thumbnail, contentType: "image/png", folder: "photos" });
      return { photo: [photoSizeWire({ ...small, width: 90, height: 67 }), photoSizeWire(file)] };
    }

    function say(
      text: string,
      { entities = [], replyTo }: { entities?: readonly TextEntity[]; replyTo?: number } = {},
    ) {
      const words = refuseLong({ text, entities }, LONGEST_TEXT);
      const reply = replyTo === undefined ? undefined : (sent.get(`${id}/${replyTo}`) ?? { message_id: replyTo });
      return tell({ ...textWire(words), ...(reply ? { reply_to_message: reply } : {}) }, words);
    }

    function album(all: readonly SentFile[], caption?: string) {
      const group = { media_group_id: `${id}${row.lastMessageId}` };
      return all.map((file, i) => sendFile(kindOf(file), file, i === 0 ? { caption } : {}, group));
    }

    function standing(standing: "blocked" | "started") {
      const member = (status: string) => ({ user: botWire(bot), status });
      const [before, after] = standing === "blocked" ? ["member", "kicked"] : ["kicked", "member"];
      if (row.standing === standing) return;
      row.standing = standing;
      const change = { old_chat_member: member(before), new_chat_member: member(after) };
      updates.add("my_chat_member", { chat: chatWire(row), from: userWire(row), date: seconds(), ...change }, id);
    }

    return {
      ...{ id, identity },
      is: (profile) => void Object.assign(row, profile),
      start(payload) {
        const text = payload ? `/start ${payload}` : "/start";
        if (row.standing === "blocked") standing("started");
        const words = { text, entities: [{ type: "bot_command", offset: 0, length: 6 }] };
        return tell(textWire(words), words);
      },
      say,
      sendFile: (kind, file, caption = {}) => sendFile(kind, file, caption),
      album,
      sendLocation: (latitude, longitude) =>
        tell({ location: { latitude, longitude } }, plain(`${latitude},${longitude}`)),
      sendContact({ phone, firstName, lastName }) {
        const contact = { phone_number: phone, first_name: firstName, ...(lastName ? { last_name: lastName } : {}) };
        return tell({ contact }, plain([firstName, lastName, phone].filter(Boolean).join(" ")));
      },
      sendPoll(question, options) {
        const [counts, flags] = [{ total_voter_count: 0 }, { is_closed: false, is_anonymous: true, type: "regular" }];
        const poll = { id: `${id}${row.lastMessageId}`, question, ...counts, ...flags, allows_multiple_answers: false };
        return tell({ poll: { ...poll, options: options.map((text) => ({ text, voter_count: 0 })) } }, plain(question));
      },
      sendOther: (content, words = Object.keys(content).join(" ")) => tell(content, plain(words)),
      edit(messageId, text, entities = []) {
        const message = sent.get(`${id}/${messageId}`);
        if (!message) throw new ApiError(404, 20404, `${identity} wrote no message ${messageId}`);
        const words = refuseLong({ text, entities }, "text" in message ? LONGEST_TEXT : LONGEST_CAPTION);
        const { text: _, entities: __, caption: ___, caption_entities: ____, ...rest } = message;
        const changed = { ...rest, edit_date: seconds(), ...("text" in message ? textWire : captionWire)(words) };
        sent.set(`${id}/${messageId}`, changed);
        const onPhone = world.phones.messages(identity).find(({ platformId }) => platformId === String(messageId));
        if (onPhone) Object.assign(onPhone, { body: text, entities });
        updates.add("edited_message", changed, id);
      },
      block: () => standing("blocked"),
      unblock: () => standing("started"),
      deactivate() {
        row.standing = "deactivated";
      },
      send({ body = "", media = [] }) {
        const [file] = media;
        if (!file) say(body);
        else if (media.length > 1) album(media, body);
        else sendFile(kindOf(file), file, { caption: body });
      },
      /** Bots are told of nothing that a user reads. */
      read: () => 0,
    };
  };
}

function refuseLong(words: Words, most: number): Words {
  if (words.text.length > most) throw new ApiError(400, 20001, `Telegram's apps send at most ${most} characters here`);
  return words;
}

const plain = (text: string): Words => ({ text, entities: [] });

/** As what apps send a file, unless told otherwise. */
function kindOf({ contentType }: SentFile): FileKind {
  if (/^image\/(jpeg|png)$/.test(contentType)) return "photo";
  if (contentType === "audio/ogg") return "voice";
  if (contentType === "image/webp") return "sticker";
  if (contentType === "image/gif") return "animation";
  return /^(video|audio)\//.test(contentType) ? (contentType.startsWith("video") ? "video" : "audio") : "document";
}
