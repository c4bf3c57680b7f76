import type { World } from "../world";
import { refuseBadMessage } from "./check-message";
import { announce, messageFields, removedFields, updatedFields } from "./events";
import { contentOf } from "./message-content";
import type { Receipts } from "./receipts";
import type { ConversationRow, MessageRow, NewMessage, ParticipantRow, Source } from "./rows";
import type { States } from "./states";
import { openConversation, participantOfAuthor, type Store } from "./store";

export interface Messages {
  add(conversationSid: string, message: NewMessage): MessageRow;
  update(row: MessageRow, change: MessageChange, by: ChangedBy): void;
  /** What it showed stays in the Media Content Service, and on phones. */
  remove(row: MessageRow, by: ChangedBy): void;
}

export interface MessageChange {
  author?: string;
  body?: string;
  attributes?: string;
  subject?: string;
  createdAt?: Date;
  updatedAt?: Date;
}

export interface ChangedBy {
  conversation: ConversationRow;
  source: Source;
  webhooks: boolean;
}

export function createMessages(world: World, store: Store, states: States, receipts: Receipts): Messages {
  function insert(conversation: ConversationRow, row: MessageRow): void {
    conversation.nextIndex += 1;
    const rows = store.messages.get(conversation.sid);
    if (rows) rows.push(row);
    else store.messages.set(conversation.sid, [row]);
  }

  function tell(row: MessageRow, { conversation, given, sender }: Added): void {
    const reaches = given.fromStudio ? world.switches.studioMessagesReachWebhooks : given.webhooks;
    if (!reaches) return;
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

  return {
    add(conversationSid, given) {
      const conversation = openConversation(store, conversationSid);
      const { template, media, ...content } = contentOf(world, store, conversation, given);
      refuseBadMessage({ ...given, body: content.body, media });
      const author = given.author ?? "system";
      const sender = participantOfAuthor(store, conversation.sid, author);
      const now = world.clock.now();
      const row: MessageRow = {
        sid: world.newSid("IM"),
        conversationSid: conversation.sid,
        index: conversation.nextIndex,
        author,
        ...content,
        media: media.map(({ sid, size, contentType, filename }) => ({ sid, size, contentType, filename })),
        attributes: given.attributes ?? "{}",
        subject: given.subject ?? null,
        participantSid: sender?.sid ?? null,
        receipts: [],
        createdAt: given.createdAt ?? now,
        updatedAt: given.updatedAt ?? now,
      };
      world.media.attach(media, row);
      insert(conversation, row);
      world.log.add({
        kind: "message",
        name: `#${row.index} added`,
        conversationSid: conversation.sid,
        data: { messageSid: row.sid, author, body: row.body, source: given.source, ...filesOf(row) },
      });
      states.noteMessage(conversation);
      receipts.fanOut(row, sender, template);
      world.bus.emit("message.added", row);
      tell(row, { conversation, given, sender });
      return row;
    },
    update(row, change, { conversation, source, webhooks }) {
      const changed = {
        author: change.author ?? row.author,
        body: change.body === undefined ? row.body : change.body || null,
        attributes: change.attributes ?? row.attributes,
        subject: change.subject ?? row.subject,
        createdAt: change.createdAt ?? row.createdAt,
        updatedAt: change.updatedAt ?? world.clock.now(),
      };
      refuseBadMessage({ ...change, body: changed.body, media: row.media });
      Object.assign(row, changed);
      if (!webhooks) return;
      const fields = { ...messageFields(row, conversation), ...updatedFields(row) };
      announce(world, store, { type: "onMessageUpdated", conversation, source, fields });
    },
    remove(row, { conversation, source, webhooks }) {
      const rest = (store.messages.get(row.conversationSid) ?? []).filter((one) => one !== row);
      store.messages.set(row.conversationSid, rest);
      if (!webhooks) return;
      const fields = { ...messageFields(row, conversation), ...removedFields(world.clock.now()) };
      announce(world, store, { type: "onMessageRemoved", conversation, source, fields });
    },
  };
}

interface Added {
  conversation: ConversationRow;
  given: NewMessage;
  sender: ParticipantRow | undefined;
}

const filesOf = ({ media }: MessageRow) =>
  media.length > 0 ? { media: media.map(({ filename, contentType }) => filename ?? contentType) } : {};
