import { FLEX, spellFor } from "./dialects";
import { fromEntities, type TelegramEntity } from "./telegram-entities";
import { write } from "./write";

/** A Telegram customer's text with its looks, for agents. */
export function toFlexMarkdown(text: string, entities: readonly TelegramEntity[] = []): string {
  return write(spellFor(FLEX, fromEntities(text, entities)), FLEX);
}

/** A customer's text, for agents to read as it was typed: no markup, and no link behind other words. */
export const escapeForFlex = (text: string) => toFlexMarkdown(text);
