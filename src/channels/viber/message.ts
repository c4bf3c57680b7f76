import type { PlatformFile } from "../adapter";
import { mapLink, oneLine } from "../platform-user";
import { escapeForFlex } from "../rich-text/for-flex";
import type { WireMessage } from "./callback";

const FILES = ["picture", "video", "file"];

/** Viber tells no type, and often no name. Its link expires. */
export function fileOf({ type, media, file_name, size }: WireMessage): PlatformFile | undefined {
  if (!FILES.includes(type) || !media) return undefined;
  const filename = oneLine(file_name ?? "");
  return { reference: media, ...(filename && { filename }), ...(size !== undefined && { size }) };
}

/** Their own words, Viber's marks among them as they were typed, or what stands for them; a caption comes below. */
export function textOf(message: WireMessage, isFile: boolean): string {
  const { type, text = "" } = message;
  const shown = (type === "text" && text !== "") || isFile ? "" : describe(message);
  return escapeForFlex([shown, text].filter(Boolean).join("\n"));
}

function describe({ type, media, location, contact }: WireMessage): string {
  if (type === "location" && location) return `(Location) ${mapLink(location.lat, location.lon)}`;
  if (type === "contact" && contact) {
    return `(Contact: ${[contact.name, contact.phone_number]
      .map((part = "") => oneLine(part))
      .filter(Boolean)
      .join(", ")})`;
  }
  if (type === "url" && media) return oneLine(media, 2000);
  if (type === "sticker") return "(Sticker)";
  if (FILES.includes(type)) return `(A ${type} that did not come with the message)`;
  return type === "text" ? "(A message without words.)" : "(A message of a kind that is shown in Viber only.)";
}
