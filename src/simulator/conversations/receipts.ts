import { contentTypeOf, fileNameOf } from "../messaging/media";
import type { Outcome } from "../phone/outcomes";
import type { PhoneMedia } from "../phone/phones";
import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { showsText } from "./channel-files";
import { endingOf } from "./delivery-ending";
import { announce } from "./events";
import { legOf } from "./groups";
import type { Template } from "./message-content";
import type { DeliveryStatus, MessageRow, MessagingBinding, ParticipantRow, ReceiptRow } from "./rows";
import { participantsNamed, type Store } from "./store";
import { date } from "./wire";

/** What becomes of a Message at the phones of its messaging Participants; chat members have no receipts. */
export interface Receipts {
  /** Hands the Message to every messaging Participant but its author, with a receipt each. */
  fanOut(row: MessageRow, sender: ParticipantRow | undefined, template: Template | undefined): void;
  /** A customer has looked at all they received. Answers how many Messages that was. */
  read(address: string): number;
}

export function createReceipts(world: World, store: Store): Receipts {
  /** Each change is an `onDeliveryUpdated` of its own, and they may overtake each other. */
  function change(row: MessageRow, receipt: ReceiptRow, status: DeliveryStatus, errorCode: number): void {
    Object.assign(receipt, { status, errorCode, updatedAt: world.clock.now() });
    const conversation = store.conversations.get(row.conversationSid);
    if (!conversation) return;
    const fields = receiptFields(row, receipt);
    announce(world, store, { type: "onDeliveryUpdated", conversation, source: "API", fields });
  }

  function send(row: MessageRow, participantSid: string, binding: MessagingBinding, template: Template | undefined) {
    const { status: end, errorCode } = endingOf(world, row, binding, template);
    const [first, ...later] = COURSE[end];
    const now = world.clock.now();
    const receipt: ReceiptRow = {
      sid: world.newSid("DY"),
      participantSid,
      channelMessageSid: world.newSid(prefixOf(row, binding)),
      status: first,
      errorCode: first === end ? errorCode : 0,
      createdAt: now,
      updatedAt: now,
    };
    row.receipts.push(receipt);
    if (end !== "failed" && end !== "undelivered") showOnPhone(world, row, binding, template);
    world.work.later(() => {
      for (const status of [first, ...later]) change(row, receipt, status, status === end ? errorCode : 0);
    });
  }

  return {
    fanOut(row, sender, template) {
      for (const participant of store.participants.get(row.conversationSid) ?? []) {
        const binding = legOf(store, participant, sender);
        if (binding && participant !== sender) send(row, participant.sid, binding, template);
      }
    },
    read(address) {
      // https://www.twilio.com/docs/whatsapp; whether receipts of Messenger are ever read is unverified.
      if (!address.startsWith("whatsapp:"))
        throw new ApiError(400, 20001, "Only WhatsApp tells when a message is read");
      let count = 0;
      for (const { sid, conversationSid } of participantsNamed(store, address)) {
        for (const row of store.messages.get(conversationSid) ?? []) {
          const receipt = row.receipts.find(({ participantSid }) => participantSid === sid);
          if (!receipt || !UNREAD.includes(receipt.status)) continue;
          change(row, receipt, "read", 0);
          count += 1;
        }
      }
      return count;
    },
  };
}

/** What a receipt goes through on its way to each end. */
const COURSE = {
  sent: ["sent"],
  delivered: ["sent", "delivered"],
  read: ["sent", "delivered", "read"],
  undelivered: ["sent", "undelivered"],
  failed: ["failed"],
} as const satisfies Record<Outcome["status"], readonly [DeliveryStatus, ...DeliveryStatus[]]>;

const UNREAD: readonly DeliveryStatus[] = ["sent", "delivered"];

/** `SM` for SMS and `WA` for WhatsApp, says the OpenAPI document; the rest is as in Programmable Messaging. */
function prefixOf({ media }: MessageRow, { type }: MessagingBinding): string {
  if (type === "whatsapp") return "WA";
  return type === "sms" && media.length > 0 ? "MM" : "SM";
}

function showOnPhone(world: World, row: MessageRow, binding: MessagingBinding, template: Template | undefined): void {
  const media = [...row.media.map(({ sid }) => fileOf(world, sid)), ...(template?.mediaUrls ?? []).map(linkOf)];
  world.phones.receive({
    conversationSid: row.conversationSid,
    customer: binding.address,
    sender: binding.proxyAddress,
    body: showsText(row.media, binding.type) ? (row.body ?? "") : "",
    ...(media.length > 0 ? { media } : {}),
  });
}

function fileOf(world: World, sid: string): PhoneMedia {
  const row = world.media.find(sid);
  return {
    contentType: row?.contentType ?? "",
    filename: row?.filename ?? "",
    ...(row ? { size: row.size, sha256: row.sha256 } : {}),
  };
}

const linkOf = (url: string): PhoneMedia => ({ contentType: contentTypeOf(url), filename: fileNameOf(url), url });

function receiptFields(row: MessageRow, receipt: ReceiptRow): Record<string, string> {
  return {
    MessageSid: row.sid,
    DeliveryReceiptSid: receipt.sid,
    ChannelMessageSid: receipt.channelMessageSid,
    ParticipantSid: receipt.participantSid,
    Status: receipt.status,
    ErrorCode: String(receipt.errorCode),
    DateCreated: date(receipt.createdAt),
    DateUpdated: date(receipt.updatedAt),
  };
}
