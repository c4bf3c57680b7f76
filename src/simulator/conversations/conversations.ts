import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { announce, conversationFields } from "./events";
import { createMessages, type Messages } from "./messages";
import { createParticipants, type Participants } from "./participants";
import { type InboundMessage, receiveInbound } from "./receive-inbound";
import type { AddressConfigurationRow, ConversationRow, MessageRow, ParticipantRow, ScopedWebhookRow } from "./rows";
import { createScopedWebhooks, type ScopedWebhooks } from "./scoped-webhooks";
import { createStates, type States } from "./states";
import { createStore, findConversation, type Store } from "./store";

export interface NewConversation {
  friendlyName?: string;
  uniqueName?: string;
  attributes?: string;
  messagingServiceSid?: string;
  state?: ConversationRow["state"];
  timers?: { inactive?: string; closed?: string };
  webhooks?: boolean;
}

/** What other products ask of Conversations. Unknown SIDs and refusals throw ApiError with Twilio's codes. */
export interface Conversations {
  readonly store: Store;
  readonly states: States;
  readonly participantsOf: Participants;
  readonly scopedWebhooks: ScopedWebhooks;
  readonly conversations: ReadonlyMap<string, ConversationRow>;
  readonly addresses: ReadonlyMap<string, AddressConfigurationRow>;
  create(conversation: NewConversation): ConversationRow;
  /** By SID or unique name. */
  conversation(sidOrName: string): ConversationRow;
  participants(conversationSid: string): ParticipantRow[];
  messages(conversationSid: string): MessageRow[];
  webhooks(conversationSid: string): ScopedWebhookRow[];
  addMessage: Messages["add"];
  addParticipant: Participants["add"];
  removeParticipant(conversationSid: string, participantSid: string): void;
  /** `reason` is what the state event says: API, TIMER or EVENT. `webhooks` false keeps the event silent. */
  setState(conversationSid: string, ...change: [ConversationRow["state"], "API" | "TIMER" | "EVENT", boolean]): void;
  removeWebhook: ScopedWebhooks["remove"];
  /** A message from a customer's phone. */
  receive(message: InboundMessage): MessageRow;
}

/** 16 KB: https://www.twilio.com/docs/conversations-classic/conversations-limits */
const LONGEST_ATTRIBUTES = 16 * 1024;

export function createConversations(world: World): Conversations {
  const store = createStore();
  const states = createStates(world, store);
  const participants = createParticipants(world, store);
  const messages = createMessages(world, store, states);
  const scopedWebhooks = createScopedWebhooks(world, store);

  function insert(given: NewConversation): ConversationRow {
    const now = world.clock.now();
    const row: ConversationRow = {
      sid: world.newSid("CH"),
      friendlyName: given.friendlyName ?? null,
      uniqueName: given.uniqueName ?? null,
      attributes: given.attributes ?? "{}",
      state: given.state ?? "active",
      messagingServiceSid: given.messagingServiceSid ?? null,
      timers: {},
      createdAt: now,
      updatedAt: now,
      nextIndex: 0,
    };
    states.setTimers(row, {
      inactive: given.timers?.inactive ?? store.defaults.inactiveTimer ?? "",
      closed: given.timers?.closed ?? store.defaults.closedTimer ?? "",
    });
    store.conversations.set(row.sid, row);
    world.log.add({
      kind: "conversation",
      name: "created",
      conversationSid: row.sid,
      data: { uniqueName: row.uniqueName },
    });
    return row;
  }

  return {
    store,
    states,
    participantsOf: participants,
    scopedWebhooks,
    conversations: store.conversations,
    addresses: store.addresses,
    create(given) {
      refuseAttributes(given.attributes);
      if (given.uniqueName && nameTaken(world, store, given.uniqueName)) {
        throw new ApiError(409, 50353, "Conversation with provided unique name already exists");
      }
      const row = insert(given);
      if (given.webhooks) {
        const fields = conversationFields(row);
        announce(world, store, { type: "onConversationAdded", conversation: row, source: "API", fields });
      }
      return row;
    },
    conversation: (sidOrName) => findConversation(store, sidOrName),
    participants: (sid) => store.participants.get(sid) ?? [],
    messages: (sid) => store.messages.get(sid) ?? [],
    webhooks: (sid) => store.webhooks.get(sid) ?? [],
    addMessage: messages.add,
    addParticipant: participants.add,
    removeParticipant: (conversationSid, participantSid) =>
      participants.remove(conversationSid, participantSid, { source: "API", webhooks: true }),
    setState: (sid, state, reason, webhooks) => states.set(findConversation(store, sid), state, reason, webhooks),
    removeWebhook: scopedWebhooks.remove,
    receive: (message) =>
      receiveInbound(
        { world, store, participants, messages, scopedWebhooks, insertConversation: () => insert({}) },
        message,
      ),
  };
}

export function refuseAttributes(attributes: string | undefined): void {
  if (attributes !== undefined && Buffer.byteLength(attributes) > LONGEST_ATTRIBUTES) {
    throw new ApiError(400, 50303, "Attributes are too long");
  }
}

export function nameTaken(world: World, store: Store, uniqueName: string): boolean {
  return [...store.conversations.values()].some(
    (row) =>
      row.uniqueName === uniqueName && (row.state !== "closed" || world.switches.closedConversationKeepsUniqueName),
  );
}
