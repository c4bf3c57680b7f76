import type { PlatformFile } from "../adapter";
import { LIMITS } from "../limits";
import { readFile, type WireFile, type WireMessage } from "./update";

/** What a bot can download. */
const LARGEST = LIMITS.telegram.fromCustomer.files?.bytesEach ?? 0;

/** The kinds of message that are a file, and what Telegram makes of those that come without a name or type. */
const KINDS = [
  // Telegram repeats an animation as a document.
  ["animation", "animation.mp4", "video/mp4"],
  ["document", undefined, undefined],
  ["video", "video.mp4", "video/mp4"],
  ["video_note", "video.mp4", "video/mp4"],
  ["audio", "audio.mp3", "audio/mpeg"],
  ["voice", "voice.ogg", "audio/ogg"],
] as const;

export function fileOf(message: WireMessage): PlatformFile | undefined {
  const photo = largestPhoto(message.photo ?? []);
  if (photo) return described(photo, "photo.jpg", "image/jpeg");
  for (const [kind, name, contentType] of KINDS) {
    const file = message[kind];
    if (file) return described(file, name, contentType);
  }
  const { sticker } = message;
  return sticker && !sticker.is_animated && !sticker.is_video
    ? described(sticker, "sticker.webp", "image/webp")
    : undefined;
}

/** The sizes come in rising order, https://core.telegram.org/bots/api#photosize; that they do is not relied upon. */
function largestPhoto(sizes: readonly unknown[]): WireFile | undefined {
  return sizes
    .slice(0, 20)
    .flatMap((size) => readFile(size) ?? [])
    .filter(({ file_size = 0 }) => file_size <= LARGEST)
    .reduce<WireFile | undefined>((best, size) => (best && sizeOf(best) > sizeOf(size) ? best : size), undefined);
}

const sizeOf = ({ file_size = 0 }: WireFile) => file_size;

function described(file: WireFile, name?: string, contentType?: string): PlatformFile {
  const filename = file.file_name?.slice(0, 256) || name;
  const type = file.mime_type || contentType;
  return {
    reference: file.file_id,
    ...(filename && { filename }),
    ...(type && { contentType: type }),
    ...(file.file_size !== undefined && { size: file.file_size }),
  };
}
