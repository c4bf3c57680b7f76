import type { ChannelEvent, MessageEvent } from "../adapter";
import { toFlexMarkdown } from "../rich-text/for-flex";
import { describe } from "./describe";
import { fileOf } from "./files";
import { readMembership, readMessage, type WireMessage } from "./update";
import { personIn } from "./who";

/** Kinds of update that we ask for: https://core.telegram.org/bots/api#update. Any other is none of ours. */
export const UPDATES = ["message", "edited_message", "my_chat_member"] as const;

/** Messages that tell what happened in a chat, which nobody wrote: https://core.telegram.org/bots/api#message */
const HAPPENED = new RegExp(
  `^(${[
    "new_chat_(members|title|photo)|left_chat_member|delete_chat_photo|chat_owner_(left|changed)|(chat|users)_shared",
    "(group|supergroup|channel)_chat_created|message_auto_delete_timer_changed|migrate_(to|from)_chat_id|pinned_message",
    "successful_payment|refunded_payment|gift|unique_gift|gift_upgrade_sent|connected_website|write_access_allowed",
    "passport_data|proximity_alert_triggered|boost_added|chat_background_set|checklist_tasks_(done|added)|web_app_data",
    "(direct|paid)_message_price_changed|giveaway_(created|completed)|community_chat_(added|removed)",
    "poll_option_(added|deleted)|managed_bot_created",
    "((general_)?forum_topic|suggested_post|video_chat)_[a-z_]{1,30}",
  ].join("|")})$`,
);

/** What an update tells. Never throws, whatever it is given. */
export function parseUpdate(update: unknown): ChannelEvent[] {
  const fields: Record<string, unknown> = typeof update === "object" ? { ...update } : {};
  const kind = UPDATES.find((name) => Object.hasOwn(fields, name));
  const event = kind && (kind === "my_chat_member" ? reachIn(fields[kind]) : messageIn(fields[kind], kind));
  return [event ?? { kind: "unsupported", what: kind ?? wordFor(Object.keys(fields)) }];
}

/** Beside its id, an update has one field, which is named as its kind. */
const wordFor = (names: readonly string[]) =>
  names.find((name) => name !== "update_id" && /^[a-z][a-z_]{0,39}$/.test(name)) ?? "update";

/** Whoever blocks a bot is `kicked`, whoever lets it write again a `member`. */
function reachIn(value: unknown): ChannelEvent | undefined {
  const membership = readMembership(value);
  const user = membership && personIn(membership);
  const status = membership?.new_chat_member.status;
  if (!user || (status !== "kicked" && status !== "member")) return undefined;
  return { kind: "reach", user, at: timeOf(membership.date), reachable: status === "member" };
}

function messageIn(value: unknown, kind: "message" | "edited_message"): ChannelEvent | undefined {
  const message = readMessage(value);
  const user = message && personIn(message);
  if (!user) return undefined;
  const names = Object.keys(Object(value));
  const happened = names.find((name) => HAPPENED.test(name));
  if (happened) return { kind: "unsupported", what: happened };
  const id = String(message.message_id);
  const file = fileOf(message);
  const text = textOf(message, names, file !== undefined);
  if (kind === "message") {
    const details = detailsOf(message);
    return {
      ...{ kind, user, id, at: timeOf(message.date), text },
      ...(file && { file }),
      ...(details && { details }),
    };
  }
  // A live location moves all the time, and each move is an edit.
  if (message.location) return { kind: "unsupported", what: "moved_location" };
  return { kind: "edit", user, id, at: timeOf(message.edit_date ?? message.date), text };
}

/** Their own words, or what stands for them; words beside what is no text come on a line below. */
function textOf(message: WireMessage, names: readonly string[], isFile: boolean): string {
  const { text, caption } = message;
  if (text) return toFlexMarkdown(text, message.entities);
  const said = caption ? toFlexMarkdown(caption, message.caption_entities) : "";
  const shown = isFile && !message.sticker ? "" : describe(message, names);
  return [shown, said].filter(Boolean).join("\n");
}

function detailsOf({ media_group_id, reply_to_message, text }: WireMessage): MessageEvent["details"] {
  // https://core.telegram.org/bots/features#deep-linking
  const [, start] = /^\/start(?:@\w{1,64})? ([\w-]{1,64})$/.exec(text ?? "") ?? [];
  const details = {
    ...(media_group_id && { album: media_group_id }),
    ...(reply_to_message && { replyTo: String(reply_to_message.message_id) }),
    ...(start && { start }),
  };
  return Object.keys(details).length > 0 ? details : undefined;
}

const timeOf = (seconds: number) => new Date(seconds * 1000);
