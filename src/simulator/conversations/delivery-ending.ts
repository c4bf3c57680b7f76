import type { Outcome } from "../phone/outcomes";
import type { World } from "../world";
import type { Template } from "./message-content";
import type { MessageMedia, MessageRow, MessagingBinding } from "./rows";

const LONGEST_BODY = 1600;
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

/**
 * How a Message to a customer ends. The codes are those of Programmable Messaging (https://www.twilio.com/docs/api/errors);
 * that receipts carry these very ones is unverified, but for 63016.
 */
export function endingOf(
  world: World,
  { body, media }: MessageRow,
  { type, address, proxyAddress }: MessagingBinding,
  template: Template | undefined,
): Outcome {
  if (world.messaging.optedOut(address, proxyAddress)) return failed(21610);
  if (body !== null && body.length > LONGEST_BODY) return failed(21617);
  const mediaError = mediaErrorOf(media, type);
  if (mediaError) return failed(mediaError);
  const approved = template?.approved ?? false;
  if (!world.messaging.mayWrite({ customer: address, sender: proxyAddress, approved })) {
    return { status: "undelivered", errorCode: 63016 };
  }
  const outcome = world.phones.outcomeFor(address);
  return outcome.status === "read" && type === "sms" ? { ...outcome, status: "delivered" } : outcome;
}

const failed = (errorCode: number): Outcome => ({ status: "failed", errorCode });

/**
 * 11751 is Messaging's word for files that are too big, 12300 for types that a channel does not take. WhatsApp's limits:
 * https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages
 */
function mediaErrorOf(media: readonly MessageMedia[], type: MessagingBinding["type"]): number | undefined {
  const total = media.reduce((sum, { size }) => sum + size, 0);
  if (type === "sms") {
    if (!media.every(({ contentType }) => SMS_TYPES.includes(plainType(contentType)))) return 12300;
    return media.length > 0 && total >= 5 * MB ? 11751 : undefined;
  }
  if (type !== "whatsapp") return undefined;
  const bigImage = media.some(({ contentType, size }) => contentType.startsWith("image/") && size > 5 * MB);
  return bigImage || total > 16 * MB ? 11751 : undefined;
}

const plainType = (contentType: string) => (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
