import { ApiError, unserved } from "../server/api-error";
import type { World } from "../world";
import { announce, participantFields, removedFields } from "./events";
import { refuseNewParticipant } from "./participant-rules";
import type { Roles } from "./roles";
import type { ConversationRow, MessagingBinding, NewParticipant, ParticipantRow } from "./rows";
import {
  deleteParticipant,
  findParticipant,
  findService,
  insertParticipant,
  openConversation,
  type Store,
} from "./store";
import type { Telling, Users } from "./users";

/** Which Conversation, of which service. */
export type Place = Pick<ConversationRow, "sid" | "serviceSid">;

export interface Participants {
  add(conversationSid: string, participant: NewParticipant): ParticipantRow;
  /** As `add`, whatever the Conversation's state: while one is being set up. */
  enter(conversation: ConversationRow, participant: NewParticipant): ParticipantRow;
  /** Throws what `enter` would, were `rows` the members. */
  refuse(conversation: Place, rows: readonly ParticipantRow[], participant: NewParticipant): void;
  remove(conversationSid: string, participantSid: string, change: Telling): void;
}

export function createParticipants(world: World, store: Store, roles: Roles, users: Users): Participants {
  const participants: Participants = {
    add: (conversationSid, given) => participants.enter(openConversation(store, conversationSid), given),
    enter(conversation, given) {
      participants.refuse(conversation, store.participants.get(conversation.sid) ?? [], given);
      if (given.identity !== undefined) users.ensure(conversation.serviceSid, given.identity, given);
      const row = rowOf(world, conversation, given, roleOf(store, conversation, given));
      insertParticipant(store, row);
      world.log.add({
        kind: "conversation",
        name: "participant joined",
        conversationSid: conversation.sid,
        data: { participantSid: row.sid, who: whoIs(row) },
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
    refuse: (conversation, rows, given) => refuseNewParticipant({ world, store, roles }, conversation, rows, given),
    remove(conversationSid, participantSid, { source, webhooks, clientIdentity }) {
      const conversation = openConversation(store, conversationSid);
      const row = findParticipant(store, conversation.sid, participantSid);
      deleteParticipant(store, row);
      world.log.add({
        kind: "conversation",
        name: "participant left",
        conversationSid: conversation.sid,
        data: { participantSid: row.sid, who: whoIs(row) },
      });
      if (webhooks) {
        const fields = { ...participantFields(row), ...removedFields(world.clock.now()) };
        announce(world, store, { type: "onParticipantRemoved", conversation, source, clientIdentity, fields });
      }
    },
  };
  return participants;
}

export function rowOf(
  world: World,
  conversation: Place,
  given: NewParticipant,
  roleSid: string | null,
): ParticipantRow {
  const now = world.clock.now();
  return {
    sid: world.newSid("MB"),
    conversationSid: conversation.sid,
    identity: given.identity ?? null,
    binding: given.binding ?? null,
    groupAddress: given.groupAddress ?? null,
    projectedAddress: given.projectedAddress ?? null,
    attributes: given.attributes ?? "{}",
    roleSid,
    notificationLevel: "default",
    lastReadMessageIndex: null,
    lastReadTimestamp: null,
    createdAt: given.createdAt ?? now,
    updatedAt: given.updatedAt ?? now,
  };
}

/** Chat members get the service's default Role, its creator the creator's; that phones get none is unverified. */
function roleOf(store: Store, { serviceSid, createdBy }: ConversationRow, { identity, roleSid }: NewParticipant) {
  if (roleSid !== undefined || identity === undefined) return roleSid ?? null;
  const { creatorRoleSid, conversationRoleSid } = findService(store, serviceSid).configuration;
  return identity === createdBy ? creatorRoleSid : conversationRoleSid;
}

const whoIs = ({ identity, binding, groupAddress }: ParticipantRow) => identity ?? binding?.address ?? groupAddress;

/** Reads a customer's address and our sender as a binding; 50407, 50408, 50409 and 50414 are Twilio's words for bad ones. */
export function bindingOf(address: string, proxyAddress: string): MessagingBinding {
  if (/^rcs:/.test(address)) throw unserved("Participants on RCS");
  const type = bindingType(address);
  if (!type) throw new ApiError(400, 50407, `Invalid messaging binding address`);
  const proxyType = bindingType(proxyAddress);
  if (!proxyType) throw new ApiError(400, 50408, `Invalid messaging binding proxy address`);
  if (type !== proxyType) throw new ApiError(400, 50414, "The address and its proxy address are of different types");
  if (address === proxyAddress) throw new ApiError(400, 50409, "The address equals its proxy address");
  return { type, address, proxyAddress };
}

const LONGEST_ADDRESS = 256;

export function bindingType(address: string): MessagingBinding["type"] | undefined {
  if (address.length > LONGEST_ADDRESS) return undefined;
  if (/^\+[1-9]\d{6,14}$/.test(address)) return "sms";
  if (/^whatsapp:\+[1-9]\d{6,14}$/.test(address)) return "whatsapp";
  if (/^messenger:[\w.-]+$/.test(address)) return "messenger";
  return undefined;
}
