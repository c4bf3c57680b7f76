import type { PlatformUser } from "../adapter";
import type { WireMembership, WireMessage, WireUser } from "./update";

const LONGEST_NAME = 256;

/** The person of a private chat, which has their id. Undefined for groups, channels, bots, and what contradicts itself. */
export function personIn({ chat, from }: WireMessage | WireMembership): PlatformUser | undefined {
  if (chat.type !== "private" || chat.id !== from.id || from.is_bot === true) return undefined;
  const name = nameOf(from);
  const language = languageOf(from.language_code);
  return { id: String(from.id), ...(name && { name }), ...(language && { language }) };
}

function nameOf({ first_name, last_name, username }: WireUser): string {
  return oneLine([first_name, last_name].filter(Boolean).join(" ")) || oneLine(username ? `@${username}` : "");
}

/** What turns the direction of writing would turn the page around it, too. */
function oneLine(text: string): string {
  const line = text
    .slice(0, 4 * LONGEST_NAME)
    .replace(/\p{Bidi_Control}/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return line
    .slice(0, LONGEST_NAME)
    .replace(/[\ud800-\udbff]$/, "")
    .trim();
}

/** `pt-br` is `pt-BR`: https://core.telegram.org/bots/api#user calls it an IETF language tag. */
function languageOf(code = ""): string | undefined {
  try {
    return /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(code) ? Intl.getCanonicalLocales(code)[0] : undefined;
  } catch {
    return undefined;
  }
}
