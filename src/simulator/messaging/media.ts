import { bindingType } from "../conversations/participants";
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

export function mediaAt(world: World, url: string): MediaRow {
  return insert(world, { contentType: contentTypeOf(url), url, sha256: null });
}

/** A customer's file, which Twilio keeps. */
export function mediaOf(world: World, { contentType, sha256 }: { contentType: string; sha256: string }): MediaRow {
  return insert(world, { contentType, url: null, sha256 });
}

const insert = (world: World, media: Omit<MediaRow, "sid" | "createdAt">): MediaRow => ({
  sid: world.newSid("ME"),
  ...media,
  createdAt: world.clock.now(),
});

/** Twilio fetches the file and reads its type from the answer. Nothing is fetched here: the name must tell it. */
export function contentTypeOf(url: string): string {
  return TYPES[fileNameOf(url).split(".").at(-1)?.toLowerCase() ?? ""] ?? "application/octet-stream";
}

export function fileNameOf(url: string): string {
  return URL.canParse(url) ? (new URL(url).pathname.split("/").at(-1) ?? "") : "";
}

/** An SMS with files is an MMS. */
export function prefixFor(customer: string, files: number): "MM" | "SM" {
  return files > 0 && bindingType(customer) === "sms" ? "MM" : "SM";
}
