import type { Outcome } from "../phone/outcomes";
import type { World } from "../world";
import { mediaErrorOf } from "./channel-files";
import type { Template } from "./message-content";
import type { MessageRow, MessagingBinding } from "./rows";

const LONGEST_BODY = 1600;

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
