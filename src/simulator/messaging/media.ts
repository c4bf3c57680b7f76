import type { World } from "../world";
import type { MediaRow } from "./rows";

/** The kinds of file that are sent most: https://www.twilio.com/docs/messaging/guides/accepted-mime-types */
const TYPES: Readonly<Record<string, string>> = {
  amr: "audio/amr",
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  pdf: "application/pdf",
  png: "image/png",
  vcf: "text/vcard",
  webp: "image/webp",
};

/** Twilio fetches the file and reads its type from the answer. Nothing is fetched here: the name must tell it. */
export function mediaAt(world: World, url: string): MediaRow {
  const extension = fileNameOf(url).split(".").at(-1)?.toLowerCase() ?? "";
  const contentType = TYPES[extension] ?? "application/octet-stream";
  return { sid: world.newSid("ME"), contentType, url, createdAt: world.clock.now() };
}

export function fileNameOf(url: string): string {
  return URL.canParse(url) ? (new URL(url).pathname.split("/").at(-1) ?? "") : "";
}
