import type { Account } from "../seeds";
import type { CustomerRow, FileRow, Wire, Words } from "./rows";

/** The only place with Telegram's names of users, chats, files and words: https://core.telegram.org/bots/api#available-types */
export function userWire({ id, firstName, lastName, username, language }: CustomerRow): Wire {
  return {
    ...{ id, is_bot: false, first_name: firstName },
    ...(lastName ? { last_name: lastName } : {}),
    ...(username ? { username } : {}),
    ...(language ? { language_code: language } : {}),
  };
}

export function chatWire({ id, firstName, lastName, username }: CustomerRow): Wire {
  return {
    ...{ id, first_name: firstName },
    ...(lastName ? { last_name: lastName } : {}),
    ...(username ? { username } : {}),
    type: "private",
  };
}

export function botWire({ id, username, name }: Account["telegramBot"]): Wire {
  return { id, is_bot: true, first_name: name, username };
}

export function textWire({ text, entities }: Words): Wire {
  return { text, ...(entities.length > 0 ? { entities } : {}) };
}

export function captionWire({ text, entities }: Words): Wire {
  if (!text) return {};
  return { caption: text, ...(entities.length > 0 ? { caption_entities: entities } : {}) };
}

export function fileWire({ id, uniqueId, size, contentType, filename }: FileRow): Wire {
  return {
    ...{ file_id: id, file_unique_id: uniqueId, file_size: size },
    ...(filename ? { file_name: filename } : {}),
    mime_type: contentType,
  };
}

export function photoSizeWire({ id, uniqueId, size, width, height }: FileRow): Wire {
  return { file_id: id, file_unique_id: uniqueId, file_size: size, width: width || 1280, height: height || 960 };
}
