import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { announce, participantFields, removedFields } from "./events";
import type { MessagingBinding, NewParticipant, ParticipantRow, Source } from "./rows";
import {
  deleteParticipant,
  findParticipant,
  holderOfPair,
  insertParticipant,
  openConversation,
  type Store,
} from "./store";

export interface Participants {
  add(conversationSid: string, participant: NewParticipant): ParticipantRow;
  remove(conversationSid: string, participantSid: string, change: { source: Source; webhooks: boolean }): void;
}

/** At most 1,000 members, 50 of them messaging: https://www.twilio.com/docs/conversations-classic/conversations-limits */
const MOST_MEMBERS = 1000;
const MOST_MESSAGING_MEMBERS = 50;
const LONGEST_ATTRIBUTES = 4 * 1024;

export function createParticipants(world: World, store: Store): Participants {
  return {
    add(conversationSid, given) {
      const conversation = openConversation(store, conversationSid);
      const rows = store.participants.get(conversation.sid) ?? [];
      refuseConflicts(world, store, rows, given);
      const now = world.clock.now();
      const row: ParticipantRow = {
        sid: world.newSid("MB"),
        conversationSid: conversation.sid,
        identity: given.identity ?? null,
        binding: given.binding ?? null,
        attributes: given.attributes ?? "{}",
        roleSid: given.roleSid ?? null,
        lastReadMessageIndex: null,
        lastReadTimestamp: null,
        createdAt: now,
        updatedAt: now,
      };
      insertParticipant(store, row);
      world.log.add({
        kind: "conversation",
        name: "participant joined",
        conversationSid: conversation.sid,
        data: { participantSid: row.sid, who: row.identity ?? row.binding?.address },
      });
      if (given.webhooks) {
        announce(world, store, {
          type: "onParticipantAdded",
          conversation,
          source: given.source,
          fields: participantFields(row),
        });
      }
      return row;
    },
    remove(conversationSid, participantSid, { source, webhooks }) {
      const conversation = openConversation(store, conversationSid);
      const row = findParticipant(store, conversation.sid, participantSid);
      deleteParticipant(store, row);
      world.log.add({
        kind: "conversation",
        name: "participant left",
        conversationSid: conversation.sid,
        data: { participantSid: row.sid, who: row.identity ?? row.binding?.address },
      });
      if (webhooks) {
        const fields = { ...participantFields(row), ...removedFields(world.clock.now()) };
        announce(world, store, { type: "onParticipantRemoved", conversation, source, fields });
      }
    },
  };
}

function refuseConflicts(world: World, store: Store, rows: readonly ParticipantRow[], given: NewParticipant): void {
  refuseParticipantAttributes(given.attributes);
  if (rows.length >= MOST_MEMBERS) throw new ApiError(400, 50403, "Member limit exceeded");
  if (given.identity && given.binding) {
    throw new ApiError(400, 50211, "A participant has either an Identity or an address and its proxy address");
  }
  if (given.identity && rows.some(({ identity }) => identity === given.identity)) {
    throw new ApiError(409, 50433, "Participant already exists");
  }
  if (!given.identity && !given.binding) {
    throw new ApiError(400, 50204, "Either an Identity or a MessagingBinding.Address is needed");
  }
  if (!given.binding) return;
  if (rows.filter(({ binding }) => binding).length >= MOST_MESSAGING_MEMBERS) {
    throw new ApiError(400, 50418, "Too many messaging participants");
  }
  const { address, proxyAddress } = given.binding;
  if (!world.senders.has(proxyAddress)) {
    throw new ApiError(400, 50413, "The proxy address is not one of this account's senders");
  }
  const holder = holderOfPair(store, address, proxyAddress);
  if (holder) {
    const where = holder.conversationSid;
    throw new ApiError(
      409,
      50416,
      `A binding for this participant and proxy address already exists in Conversation ${where}`,
    );
  }
}

/** 50303, https://www.twilio.com/docs/conversations-classic/conversations-limits */
export function refuseParticipantAttributes(attributes: string | undefined): void {
  if (attributes !== undefined && Buffer.byteLength(attributes) > LONGEST_ATTRIBUTES) {
    throw new ApiError(400, 50303, "Attributes are too long");
  }
}

/** Reads a customer's address and our sender as a binding; 50407, 50408 and 50414 are Twilio's words for bad ones. */
export function bindingOf(address: string, proxyAddress: string): MessagingBinding {
  const type = bindingType(address);
  if (!type) throw new ApiError(400, 50407, `Invalid messaging binding address`);
  const proxyType = bindingType(proxyAddress);
  if (!proxyType) throw new ApiError(400, 50408, `Invalid messaging binding proxy address`);
  if (type !== proxyType) throw new ApiError(400, 50414, "The address and its proxy address are of different types");
  return { type, address, proxyAddress };
}

export function bindingType(address: string): MessagingBinding["type"] | undefined {
  if (/^\+[1-9]\d{6,14}$/.test(address)) return "sms";
  if (/^whatsapp:\+[1-9]\d{6,14}$/.test(address)) return "whatsapp";
  if (/^messenger:[\w.-]+$/.test(address)) return "messenger";
  return undefined;
}
