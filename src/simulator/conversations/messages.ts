import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { announce, messageFields } from "./events";
import type { DeliveryStatus, MessageRow, NewMessage, ParticipantRow, ReceiptRow } from "./rows";
import type { States } from "./states";
import { openConversation, participantOfAuthor, type Store } from "./store";
import { date } from "./wire";

export interface Messages {
  add(conversationSid: string, message: NewMessage): MessageRow;
}

/** Sizes in bytes, but for SMS: https://www.twilio.com/docs/conversations-classic/conversations-limits */
const LONGEST_BODY = 32 * 1024;
const LONGEST_ATTRIBUTES = 4 * 1024;
const LONGEST_SMS_CHARACTERS = 1600;

export function createMessages(world: World, store: Store, states: States): Messages {
  return {
    add(conversationSid, given) {
      const conversation = openConversation(store, conversationSid);
      refuseBadMessage(given);
      const author = given.author ?? "system";
      const sender = participantOfAuthor(store, conversation.sid, author);
      const now = world.clock.now();
      const row: MessageRow = {
        sid: world.newSid("IM"),
        conversationSid: conversation.sid,
        index: conversation.nextIndex,
        author,
        body: given.body ?? null,
        attributes: given.attributes ?? "{}",
        participantSid: sender?.sid ?? null,
        receipts: [],
        createdAt: given.createdAt ?? now,
        updatedAt: now,
      };
      conversation.nextIndex += 1;
      const rows = store.messages.get(conversation.sid);
      if (rows) rows.push(row);
      else store.messages.set(conversation.sid, [row]);
      world.log.add({
        kind: "message",
        name: `#${row.index} added`,
        conversationSid: conversation.sid,
        data: { messageSid: row.sid, author, body: row.body, source: given.source },
      });
      states.noteMessage(conversation);
      fanOut(world, store, row, sender);
      world.bus.emit("message.added", row);
      const reaches = given.fromStudio ? world.switches.studioMessagesReachWebhooks : given.webhooks;
      if (reaches) {
        announce(world, store, {
          type: "onMessageAdded",
          conversation,
          source: given.source,
          ...(given.source === "SDK" && sender?.identity ? { clientIdentity: sender.identity } : {}),
          fields: messageFields(row, conversation),
          // Studio does not answer itself.
          ...(given.fromStudio ? {} : { message: row }),
        });
      }
      return row;
    },
  };
}

/** 50503, 50504, 50310 and 50303: https://www.twilio.com/docs/api/errors */
export function refuseBadMessage({
  author,
  body,
  attributes,
}: Pick<NewMessage, "author" | "body" | "attributes">): void {
  if (!body) throw new ApiError(400, 50503, "Message body is not provided");
  if (Buffer.byteLength(body) > LONGEST_BODY) throw new ApiError(400, 50504, "Message body is too long");
  if (author && author.length > 256) throw new ApiError(400, 50310, "Author is too long");
  if (attributes && Buffer.byteLength(attributes) > LONGEST_ATTRIBUTES) {
    throw new ApiError(400, 50303, "Attributes are too long");
  }
}

/** Hands the Message to every messaging Participant but its author, with a delivery receipt each. */
function fanOut(world: World, store: Store, row: MessageRow, sender: ParticipantRow | undefined): void {
  for (const participant of store.participants.get(row.conversationSid) ?? []) {
    const { binding } = participant;
    if (!binding || participant === sender || row.body === null) continue;
    const tooLong = row.body.length > LONGEST_SMS_CHARACTERS;
    const now = world.clock.now();
    const receipt: ReceiptRow = {
      sid: world.newSid("DY"),
      participantSid: participant.sid,
      channelMessageSid: world.newSid("SM"),
      status: "sent",
      errorCode: 0,
      createdAt: now,
      updatedAt: now,
    };
    row.receipts.push(receipt);
    if (!tooLong) {
      world.phones.receive({
        conversationSid: row.conversationSid,
        customer: binding.address,
        sender: binding.proxyAddress,
        body: row.body,
      });
    }
    world.work.later(() => settle(world, store, row, receipt, tooLong ? "failed" : "delivered"));
  }
}

/** The carrier's answer. 21617 is Messaging's word for a body that is too long: https://www.twilio.com/docs/api/errors/21617 */
function settle(world: World, store: Store, row: MessageRow, receipt: ReceiptRow, status: DeliveryStatus): void {
  receipt.status = status;
  receipt.errorCode = status === "failed" ? 21617 : 0;
  receipt.updatedAt = world.clock.now();
  const conversation = store.conversations.get(row.conversationSid);
  if (!conversation) return;
  announce(world, store, {
    type: "onDeliveryUpdated",
    conversation,
    source: "API",
    fields: {
      MessageSid: row.sid,
      DeliveryReceiptSid: receipt.sid,
      ChannelMessageSid: receipt.channelMessageSid,
      ParticipantSid: receipt.participantSid,
      Status: status,
      ErrorCode: String(receipt.errorCode),
      DateCreated: date(receipt.createdAt),
      DateUpdated: date(receipt.updatedAt),
    },
  });
}
