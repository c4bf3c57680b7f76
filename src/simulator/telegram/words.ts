import * as z from "zod/mini";
import type { TextEntity } from "../phone/phones";
import { BotError, badRequest } from "./bot-error";
import type { BotParams } from "./read-params";
import type { Words } from "./rows";

/** https://core.telegram.org/bots/api#messageentity */
const TYPES = new Set(
  (
    "mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler blockquote " +
    "expandable_blockquote code pre text_link text_mention custom_emoji date_time"
  ).split(" "),
);

const entitiesSchema = z.array(
  z.object({
    type: z.string(),
    offset: z.int(),
    length: z.int(),
    url: z.optional(z.string()),
    language: z.optional(z.string()),
  }),
);

interface Fields {
  text: string;
  entities: string;
  parseMode?: string;
  /** In UTF-16 code units, which entities are counted in; that limits are too is unverified. */
  most: number;
  tooLong: string;
}

export const TEXT: Fields = { text: "text", entities: "entities", most: 4096, tooLong: "message is too long" };
export const CAPTION: Fields = {
  text: "caption",
  entities: "caption_entities",
  most: 1024,
  tooLong: "message caption is too long",
};

/** A text with its entities, as a method takes them. */
export function readWords(params: BotParams, { text: name, entities: list, most, tooLong }: Fields): Words {
  if (params.has("parse_mode")) throw new BotError(501, "The simulator does not serve parse_mode: send entities");
  const text = params.text(name);
  if (text.length > most) throw badRequest(tooLong);
  const read = entitiesSchema.safeParse(params.json(list) ?? []);
  if (!read.success) throw badRequest(`can't parse ${list}: ${read.error.issues[0]?.message}`);
  refuseEntities(text, read.data);
  return { text, entities: read.data };
}

/** Telegram repairs some of what is refused here, and then shows something else than was meant: which is unverified. */
function refuseEntities(text: string, entities: readonly TextEntity[]): void {
  for (const { type, offset, length, url } of entities) {
    if (!TYPES.has(type)) throw badRequest(`unsupported entity type "${type}"`);
    if (offset < 0 || length < 1 || offset + length > text.length) throw badRequest("entity is out of the text");
    if (isMiddle(text, offset)) throw badRequest(`entity begins in a middle of a UTF-16 symbol at offset ${offset}`);
    if (isMiddle(text, offset + length)) throw badRequest("entity ends in a middle of a UTF-16 symbol");
    if (type === "text_link" && !URL.canParse(url ?? "")) throw badRequest("text_link entity has no valid url");
  }
  for (const one of entities) for (const other of entities) refuseOverlap(one, other);
}

/** One lies within the other, and within code nothing does: https://core.telegram.org/bots/api#formatting-options */
function refuseOverlap(one: TextEntity, other: TextEntity): void {
  const [end, otherEnd] = [one.offset + one.length, other.offset + other.length];
  if (one === other || other.offset < one.offset || other.offset >= end) return;
  if (otherEnd > end && other.offset > one.offset) throw badRequest("entities overlap");
  if (["code", "pre"].includes(one.type)) throw badRequest(`${one.type} entity contains another one`);
}

function isMiddle(text: string, at: number): boolean {
  const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
}
