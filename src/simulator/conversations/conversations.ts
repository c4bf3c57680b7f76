import type { World } from "../world";
import { type Creation, createCreation } from "./create-conversation";
import { createMessages, type Messages } from "./messages";
import { createParticipants, type Participants } from "./participants";
import { createPermit, type Permit } from "./permit";
import { createReceipts, type Receipts } from "./receipts";
import { createInbound, type Inbound } from "./receive-inbound";
import { createRoles, type Roles } from "./roles";
import type { AddressConfigurationRow, ConversationRow, MessageRow, ParticipantRow, ScopedWebhookRow } from "./rows";
import { createScopedWebhooks, type ScopedWebhooks } from "./scoped-webhooks";
import { createServices, type Services } from "./services";
import { createStates, type States } from "./states";
import { createStore, deleteConversation, findConversation, type Store } from "./store";
import { createUsers, type Users } from "./users";
import { createWithParticipants, type WithParticipants } from "./with-participants";

/** What other products ask of Conversations. Unknown SIDs and refusals throw ApiError with Twilio's codes. */
export interface Conversations {
  readonly store: Store;
  readonly states: States;
  readonly participantsOf: Participants;
  readonly scopedWebhooks: ScopedWebhooks;
  readonly conversations: ReadonlyMap<string, ConversationRow>;
  readonly addresses: ReadonlyMap<string, AddressConfigurationRow>;
  readonly roles: Roles;
  readonly users: Users;
  readonly services: Services;
  /** Asks for what somebody wants to do through a client SDK; nothing that REST does needs it. */
  permit: Permit;
  create: Creation["create"];
  createWithParticipants: WithParticipants;
  /** By SID in any service, or by unique name in the default one. */
  conversation(sidOrName: string): ConversationRow;
  /** With all that is in it. */
  remove(conversation: ConversationRow): void;
  participants(conversationSid: string): ParticipantRow[];
  messages(conversationSid: string): MessageRow[];
  webhooks(conversationSid: string): ScopedWebhookRow[];
  readonly messagesOf: Messages;
  readonly receipts: Receipts;
  addMessage: Messages["add"];
  addParticipant: Participants["add"];
  removeParticipant(conversationSid: string, participantSid: string): void;
  /** `reason` is what the state event says: API, TIMER or EVENT. `webhooks` false keeps the event silent. */
  setState(conversationSid: string, ...change: [ConversationRow["state"], "API" | "TIMER" | "EVENT", boolean]): void;
  removeWebhook: ScopedWebhooks["remove"];
  takes: Inbound["takes"];
  /** A message from a customer's phone. */
  receive: Inbound["receive"];
}

export function createConversations(world: World): Conversations {
  const store = world.memory.keep("conversations", createStore(world.account.chatServiceSid));
  const states = createStates(world, store);
  const roles = createRoles(world, store);
  const services = createServices(world, store, roles);
  const users = createUsers(world, store, roles);
  const participants = createParticipants(world, store, roles, users);
  const creation = createCreation(world, store, states);
  const receipts = createReceipts(world, store);
  const messages = createMessages(world, store, states, receipts);
  const scopedWebhooks = createScopedWebhooks(world, store);
  const inbound = createInbound({
    ...{ world, store, participants, messages, scopedWebhooks },
    insertConversation: creation.insert,
  });

  return {
    store,
    states,
    participantsOf: participants,
    scopedWebhooks,
    conversations: store.conversations,
    addresses: store.addresses,
    roles,
    users,
    services,
    permit: createPermit(store, users),
    create: creation.create,
    createWithParticipants: createWithParticipants({ world, creation, participants, states }),
    conversation: (sidOrName) => findConversation(store, sidOrName),
    remove(row) {
      states.forget(row);
      deleteConversation(store, row);
    },
    participants: (sid) => store.participants.get(sid) ?? [],
    messages: (sid) => store.messages.get(sid) ?? [],
    webhooks: (sid) => store.webhooks.get(sid) ?? [],
    messagesOf: messages,
    receipts,
    addMessage: messages.add,
    addParticipant: participants.add,
    removeParticipant: (conversationSid, participantSid) =>
      participants.remove(conversationSid, participantSid, { source: "API", webhooks: true }),
    setState: (sid, state, reason, webhooks) => states.set(findConversation(store, sid), state, reason, webhooks),
    removeWebhook: scopedWebhooks.remove,
    takes: inbound.takes,
    receive: inbound.receive,
  };
}
