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

/** That 63016 comes with this status is unverified: https://www.twilio.com/docs/api/errors/63016 */
function outcomeOf(world: World, messaging: Messaging, { from, to, approved }: MessageRow): Outcome {
  const mayWrite = messaging.mayWrite({ customer: to, sender: String(from), approved });
  return mayWrite ? world.phones.outcomeFor(to) : { status: "undelivered", errorCode: 63016 };
}

function showOnPhone(world: World, { from, to, body, media }: MessageRow): void {
  world.phones.receive({
    customer: to,
    sender: String(from),
    body,
    ...(media.length > 0 ? { media: media.map(({ contentType, url }) => linkOf(contentType, url ?? "")) } : {}),
  });
}

const linkOf = (contentType: string, url: string) => ({ contentType, filename: fileNameOf(url), url });

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
