import type { PhoneMedia } from "../phone/phones";
import type { World } from "../world";
import { BotError, badRequest } from "./bot-error";
import type { Chats } from "./chats";
import { identityOf } from "./identity";
import type { BotParams } from "./read-params";
import type { CustomerRow, Methods, Wire, Words } from "./rows";
import { type FileKind, type SentFiles, showFile } from "./sent-files";
import { botWire, captionWire, chatWire, textWire } from "./wire";
import { CAPTION, readWords, TEXT } from "./words";

/** https://core.telegram.org/bots/api#sendchataction */
const ACTIONS = new Set(
  (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker " +
    "find_location record_video_note upload_video_note"
  ).split(" "),
);

interface Parts {
  world: World;
  chats: Chats;
  files: SentFiles;
}

/** What the bot says: https://core.telegram.org/bots/api#sendmessage and those after it. */
export function sendMethods({ world, chats, files }: Parts): Methods {
  const bot = world.account.telegramBot;

  /** A target, for what the simulator can show whole. */
  function target(params: BotParams): CustomerRow {
    if (params.has("reply_markup")) throw new BotError(501, "The simulator does not serve reply_markup");
    return chats.target(params);
  }

  function show(row: CustomerRow, { text, entities }: Words, content: Wire, media?: PhoneMedia): Wire {
    const id = chats.nextMessageId(row);
    world.phones.receive({
      ...{ customer: identityOf(row.id), sender: `@${bot.username}`, body: text, platformId: String(id) },
      ...(entities.length > 0 ? { entities } : {}),
      ...(media ? { media: [media] } : {}),
    });
    const date = Math.floor(world.clock.ms() / 1000);
    return { message_id: id, from: botWire(bot), chat: chatWire(row), date, ...content };
  }

  const sendFile = (kind: FileKind) => async (params: BotParams) => {
    const words = kind === "sticker" ? { text: "", entities: [] } : readWords(params, CAPTION);
    const file = await files.take(params, kind);
    const { filename, contentType, size, sha256 } = file;
    const media = { contentType, filename: filename ?? "", size, sha256 };
    return show(target(params), words, { ...showFile(kind, file), ...captionWire(words) }, media);
  };

  return {
    sendMessage(params) {
      const words = readWords(params, TEXT);
      if (words.text.trim() === "") throw badRequest("message text is empty");
      return show(target(params), words, textWire(words));
    },
    sendPhoto: sendFile("photo"),
    sendDocument: sendFile("document"),
    sendVideo: sendFile("video"),
    sendAudio: sendFile("audio"),
    sendVoice: sendFile("voice"),
    sendAnimation: sendFile("animation"),
    sendSticker: sendFile("sticker"),
    sendLocation(params) {
      const [latitude, longitude] = [params.number("latitude"), params.number("longitude")];
      if (latitude === undefined || Math.abs(latitude) > 90) throw badRequest("wrong latitude specified");
      if (longitude === undefined || Math.abs(longitude) > 180) throw badRequest("wrong longitude specified");
      const words = { text: `${latitude},${longitude}`, entities: [] };
      return show(target(params), words, { location: { latitude, longitude } });
    },
    sendChatAction(params) {
      if (!ACTIONS.has(params.text("action"))) throw badRequest("wrong parameter action in request");
      chats.target(params);
      return true;
    },
  };
}
