import type { Account } from "../seeds";
import type { MessageMedia, MessageRow, ReceiptRow } from "./rows";
import { date } from "./wire";

/** The JSON of Messages and their receipts: only here are its wire names written. */
export function messageWire(
  account: Account,
  service: { chat_service_sid?: string },
  conversationUrl: (sid: string) => string,
) {
  const urlOf = ({ conversationSid, sid }: MessageRow) => `${conversationUrl(conversationSid)}/Messages/${sid}`;
  return {
    message(row: MessageRow) {
      const url = urlOf(row);
      return {
        account_sid: account.sid,
        ...service,
        conversation_sid: row.conversationSid,
        sid: row.sid,
        index: row.index,
        author: row.author,
        body: row.body,
        media: row.media.length > 0 ? row.media.map(media) : null,
        attributes: row.attributes,
        participant_sid: row.participantSid,
        date_created: date(row.createdAt),
        date_updated: date(row.updatedAt),
        delivery: delivery(row.receipts),
        content_sid: row.contentSid,
        url,
        links: { delivery_receipts: `${url}/Receipts`, channel_metadata: `${url}/ChannelMetadata` },
      };
    },
    receipt(row: ReceiptRow, message: MessageRow) {
      return {
        account_sid: account.sid,
        ...service,
        conversation_sid: message.conversationSid,
        message_sid: message.sid,
        sid: row.sid,
        channel_message_sid: row.channelMessageSid,
        participant_sid: row.participantSid,
        status: row.status,
        error_code: row.errorCode,
        date_created: date(row.createdAt),
        date_updated: date(row.updatedAt),
        url: `${urlOf(message)}/Receipts/${row.sid}`,
      };
    },
  };
}

const media = ({ sid, size, contentType, filename }: MessageMedia) => ({
  sid,
  size,
  content_type: contentType,
  filename,
});

/** Twilio's summary of receipts: `total` is a number, the rest all, some or none; null with no messaging Participant. */
function delivery(receipts: readonly ReceiptRow[]) {
  if (receipts.length === 0) return null;
  const share = (reached: (receipt: ReceiptRow) => boolean) => {
    const count = receipts.filter(reached).length;
    return count === 0 ? "none" : count === receipts.length ? "all" : "some";
  };
  return {
    total: receipts.length,
    sent: share(({ status }) => ["sent", "delivered", "read"].includes(status)),
    delivered: share(({ status }) => ["delivered", "read"].includes(status)),
    read: share(({ status }) => status === "read"),
    failed: share(({ status }) => status === "failed"),
    undelivered: share(({ status }) => status === "undelivered"),
  };
}
