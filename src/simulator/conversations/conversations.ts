import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { announce, conversationFields } from "./events";
import { createMessages, type Messages } from "./messages";
import { createParticipants, type Participants } from "./participants";
import { type InboundMessage, receiveInbound, takesInbound } from "./receive-inbound";
import type {
  AddressConfigurationRow,
  ConversationRow,
  MessageRow,
  ParticipantRow,
  ScopedWebhookRow,
  ServiceRow,
} from "./rows";
import { createScopedWebhooks, type ScopedWebhooks } from "./scoped-webhooks";
import { createStates, type States } from "./states";
import {
  conversationsNamed,
  createStore,
  deleteConversation,
  findConversation,
  findService,
  insertConversation,
  noWebhooks,
  type Store,
} from "./store";

export interface NewConversation {
  /** The account's default service unless told otherwise. */
  serviceSid?: string;
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
  createService(friendlyName: string): ServiceRow;
  create(conversation: NewConversation): ConversationRow;
  /** By SID in any service, or by unique name in the default one. */
  conversation(sidOrName: string): ConversationRow;
  /** With all that is in it. */
  remove(conversation: ConversationRow): void;
  participants(conversationSid: string): ParticipantRow[];
  messages(conversationSid: string): MessageRow[];
  webhooks(conversationSid: string): ScopedWebhookRow[];
  addMessage: Messages["add"];
  addParticipant: Participants["add"];
  removeParticipant(conversationSid: string, participantSid: string): void;
  /** `reason` is what the state event says: API, TIMER or EVENT. `webhooks` false keeps the event silent. */
  setState(conversationSid: string, ...change: [ConversationRow["state"], "API" | "TIMER" | "EVENT", boolean]): void;
  removeWebhook: ScopedWebhooks["remove"];
  /** Whether a message from a customer's phone would find, or make, its Conversation. */
  takes(message: { from: string; to: string }): boolean;
  /** A message from a customer's phone. */
  receive(message: InboundMessage): MessageRow;
}

/** 16 KB: https://www.twilio.com/docs/conversations-classic/conversations-limits */
const LONGEST_ATTRIBUTES = 16 * 1024;

export function createConversations(world: World): Conversations {
  const store = createStore(world.account.chatServiceSid);
  const states = createStates(world, store);
  const participants = createParticipants(world, store);
  const messages = createMessages(world, store, states);
  const scopedWebhooks = createScopedWebhooks(world, store);

  function insertService(sid: string, friendlyName: string): ServiceRow {
    const now = world.clock.now();
    const row = { sid, friendlyName, webhooks: noWebhooks(), createdAt: now, updatedAt: now };
    store.services.set(sid, row);
    return row;
  }
  insertService(world.account.chatServiceSid, "Flex Chat Service");

  function insert(given: NewConversation): ConversationRow {
    const now = world.clock.now();
    const row: ConversationRow = {
      sid: world.newSid("CH"),
      serviceSid: findService(store, given.serviceSid ?? store.defaults.chatServiceSid).sid,
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
    insertConversation(store, row);
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
    createService: (friendlyName) => insertService(world.newSid("IS"), friendlyName),
    create(given) {
      refuseAttributes(given.attributes);
      if (given.uniqueName) {
        refuseTakenName(world, store, given.serviceSid ?? store.defaults.chatServiceSid, given.uniqueName);
      }
      const row = insert(given);
      if (given.webhooks) {
        const fields = conversationFields(row);
        announce(world, store, { type: "onConversationAdded", conversation: row, source: "API", fields });
      }
      return row;
    },
    conversation: (sidOrName) => findConversation(store, sidOrName),
    remove(row) {
      states.forget(row);
      deleteConversation(store, row);
    },
    participants: (sid) => store.participants.get(sid) ?? [],
    messages: (sid) => store.messages.get(sid) ?? [],
    webhooks: (sid) => store.webhooks.get(sid) ?? [],
    addMessage: messages.add,
    addParticipant: participants.add,
    removeParticipant: (conversationSid, participantSid) =>
      participants.remove(conversationSid, participantSid, { source: "API", webhooks: true }),
    setState: (sid, state, reason, webhooks) => states.set(findConversation(store, sid), state, reason, webhooks),
    removeWebhook: scopedWebhooks.remove,
    takes: (message) => takesInbound(world, store, message),
    receive: (message) =>
      receiveInbound(
        {
          world,
          store,
          participants,
          messages,
          scopedWebhooks,
          insertConversation: (serviceSid) => insert({ serviceSid }),
        },
        message,
      ),
  };
}

export function refuseAttributes(attributes: string | undefined): void {
  if (attributes !== undefined && Buffer.byteLength(attributes) > LONGEST_ATTRIBUTES) {
    throw new ApiError(400, 50303, "Attributes are too long");
  }
}

/** 50353, https://www.twilio.com/docs/api/errors/50353 */
export function refuseTakenName(world: World, store: Store, serviceSid: string, uniqueName: string): void {
  const taken = conversationsNamed(store, serviceSid, uniqueName).some(
    ({ state }) => state !== "closed" || world.switches.closedConversationKeepsUniqueName,
  );
  if (taken) throw new ApiError(409, 50353, "Conversation with provided unique name already exists");
}
