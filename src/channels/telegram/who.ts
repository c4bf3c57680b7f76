import type { PlatformUser } from "../adapter";
import { languageTag, oneLine } from "../platform-user";
import type { WireMembership, WireMessage, WireUser } from "./update";

/** The person of a private chat, which has their id. Undefined for groups, channels, bots, and what contradicts itself. */
export function personIn({ chat, from }: WireMessage | WireMembership): PlatformUser | undefined {
  if (chat.type !== "private" || chat.id !== from.id || from.is_bot === true) return undefined;
  const name = nameOf(from);
  const language = languageTag(from.language_code);
  return { id: String(from.id), ...(name && { name }), ...(language && { language }) };
}

function nameOf({ first_name, last_name, username }: WireUser): string {
  return oneLine([first_name, last_name].filter(Boolean).join(" ")) || oneLine(username ? `@${username}` : "");
}
