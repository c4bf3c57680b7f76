import type { MessageMedia, MessagingBinding } from "./rows";

type ChannelType = MessagingBinding["type"];
type File = Pick<MessageMedia, "contentType" | "size">;

const MB = 1024 * 1024;

/** https://www.twilio.com/docs/conversations-classic/conversations-limits */
const SMS_TYPES = [
  "image/jpeg",
  "image/jpg",
  "image/png",
  "audio/mpeg",
  "audio/mp3",
  "audio/amr",
  "video/mp4",
  "application/pdf",
];

const OOXML = "application/vnd.openxmlformats-officedocument";

/**
 * https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages. The list of accepted content types has some more,
 * among them GIF; which of the two holds is unverified.
 */
const WHATSAPP_TYPES = [
  "image/jpeg",
  "image/jpg",
  "image/png",
  "image/webp",
  "audio/ogg",
  "audio/amr",
  "audio/3gpp",
  "audio/aac",
  "audio/mpeg",
  "video/mp4",
  "application/pdf",
  "application/msword",
  `${OOXML}.wordprocessingml.document`,
  `${OOXML}.presentationml.presentation`,
  `${OOXML}.spreadsheetml.sheet`,
  "text/vcard",
];

/** Those of them that text goes with: https://www.twilio.com/docs/messaging/guides/accepted-mime-types */
const WITH_TEXT_ON_WHATSAPP = ["image/jpeg", "image/jpg", "image/png", "video/mp4"];

/** The most that a message may carry; Messenger's is Flex's: https://www.twilio.com/docs/flex/developer/conversations/limits */
const MOST_BYTES: Readonly<Record<ChannelType, number>> = { sms: 5 * MB, whatsapp: 16 * MB, messenger: 25 * MB };

const TOO_BIG = 11751;

/**
 * What a channel says of files that it does not take, by the codes of Programmable Messaging: 11751 of their size, 12300
 * and 63021 of their type (https://www.twilio.com/docs/api/errors). That Messenger takes every type is unverified.
 */
export function mediaErrorOf(media: readonly File[], type: ChannelType): number | undefined {
  if (media.length === 0) return undefined;
  if (type === "sms" && !allOf(media, SMS_TYPES)) return 12300;
  if (type === "whatsapp" && !allOf(media, WHATSAPP_TYPES)) return 63021;
  const bytes = bytesOf(media);
  // Of MMS "less than 5 MB" is said: https://www.twilio.com/docs/conversations-classic/conversations-limits
  const most = type === "sms" ? MOST_BYTES.sms - 1 : MOST_BYTES[type];
  const bigImage = type === "whatsapp" && media.some((file) => isImage(file) && file.size > 5 * MB);
  return bigImage || bytes > most ? TOO_BIG : undefined;
}

/** Whether the customer sees what is written beside the files. That Messenger shows both is unverified. */
export function showsText(media: readonly File[], type: ChannelType): boolean {
  return type !== "whatsapp" || allOf(media, WITH_TEXT_ON_WHATSAPP);
}

/** Why no phone sends these files: an MMS brings up to ten (https://www.twilio.com/docs/messaging/api/media-resource), other channels one. */
export function whyNotSent(type: ChannelType, sizes: readonly number[]): string | undefined {
  const most = type === "sms" ? 10 : 1;
  if (sizes.length > most) return `A message of this channel brings ${most} files at most`;
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return bytes > MOST_BYTES[type] ? `A message of this channel brings ${MOST_BYTES[type] / MB} MB at most` : undefined;
}

const bytesOf = (media: readonly File[]) => media.reduce((sum, { size }) => sum + size, 0);
const isImage = ({ contentType }: File) => contentType.startsWith("image/");
const allOf = (media: readonly File[], types: readonly string[]) =>
  media.every(({ contentType }) => types.includes(plainType(contentType)));
const plainType = (contentType: string) => (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
