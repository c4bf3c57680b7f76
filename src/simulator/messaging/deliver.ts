import { bindingType } from "../conversations/participants";
import type { Outcome } from "../phone/outcomes";
import type { World } from "../world";
import { chooseSender } from "./choose-sender";
import { fileNameOf } from "./media";
import type { Messaging } from "./messaging";
import { API_VERSION, WEBHOOK_TIMEOUT_MS } from "./receive-message";
import type { MessageRow, MessageStatus } from "./rows";

/**
 * A Message's way to the phone. Each status but its first is told to the StatusCallback, one after the other:
 * https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
 */
export function deliver(world: World, messaging: Messaging, row: MessageRow): void {
  const change = async (status: MessageStatus, errorCode = 0) => {
    row.status = status;
    row.errorCode = errorCode;
    row.updatedAt = world.clock.now();
    await tell(world, row);
  };
  world.work.later(async () => {
    const service = messaging.store.services.get(row.messagingServiceSid ?? "");
    if (row.status === "accepted") {
      // Its service or numbers may be gone by now: https://www.twilio.com/docs/api/errors/21703
      row.from ??= (service && chooseSender(world, messaging.store, service, row.to)) ?? null;
      if (row.from === null) return change("failed", 21703);
      await change("queued");
    }
    const { status, errorCode } = outcomeOf(world, messaging, row);
    if (status === "failed") return change("failed", errorCode);
    row.sentAt = world.clock.now();
    await change("sent");
    if (status === "undelivered") return change("undelivered", errorCode);
    showOnPhone(world, row);
    if (status !== "sent") await change("delivered");
    if (status === "read") await change("read");
  });
}

/**
 * Outside its 24 hours WhatsApp takes approved templates only, and says so as a status: 63016,
 * https://www.twilio.com/docs/api/errors/63016. That it is this status, and Messenger's the same, is unverified.
 */
function outcomeOf(world: World, messaging: Messaging, { from, to, approved }: MessageRow): Outcome {
  const free = bindingType(to) === "sms" || approved || messaging.inWindow(to, String(from));
  return free ? world.phones.outcomeFor(to) : { status: "undelivered", errorCode: 63016 };
}

function showOnPhone(world: World, { from, to, body, media }: MessageRow): void {
  world.phones.receive({
    customer: to,
    sender: String(from),
    body,
    ...(media.length > 0
      ? { media: media.map(({ contentType, url }) => ({ contentType, filename: fileNameOf(url), url })) }
      : {}),
  });
}

async function tell(world: World, row: MessageRow): Promise<void> {
  if (!row.statusCallback) return;
  await world.sendWebhook({
    name: `Messaging ${row.status}`,
    url: row.statusCallback,
    params: {
      MessageSid: row.sid,
      SmsSid: row.sid,
      MessageStatus: row.status,
      SmsStatus: row.status,
      To: row.to,
      ...(row.from ? { From: row.from } : {}),
      AccountSid: world.account.sid,
      ...(row.messagingServiceSid ? { MessagingServiceSid: row.messagingServiceSid } : {}),
      ...(row.errorCode ? { ErrorCode: String(row.errorCode) } : {}),
      ApiVersion: API_VERSION,
    },
    timeoutMs: WEBHOOK_TIMEOUT_MS,
  });
}
