import { ApiError } from "../server/api-error";
import type {
  AddressConfigurationRow,
  ConversationRow,
  MessageRow,
  ParticipantRow,
  RoleRow,
  ScopedWebhookRow,
  ServiceRow,
  UserRow,
  WebhookConfigurationRow,
} from "./rows";

/** The rows of Conversations, and how they are found. */
export interface Store {
  services: Map<string, ServiceRow>;
  roles: Map<string, RoleRow>;
  users: Map<string, UserRow>;
  conversations: Map<string, ConversationRow>;
  participants: Map<string, ParticipantRow[]>;
  messages: Map<string, MessageRow[]>;
  webhooks: Map<string, ScopedWebhookRow[]>;
  addresses: Map<string, AddressConfigurationRow>;
  accountWebhooks: WebhookConfigurationRow;
  defaults: AccountDefaults;
  /** SIDs of Conversations by what they are called: a world may hold thousands. */
  named: Map<string, Set<string>>;
  /** Conversations by an identity or address that is in them. */
  joined: Map<string, Set<string>>;
}

/** What the account's `/v1/Configuration` holds. */
export interface AccountDefaults {
  chatServiceSid: string;
  messagingServiceSid: string | null;
  inactiveTimer: string | null;
  closedTimer: string | null;
}

export function createStore(chatServiceSid: string): Store {
  return {
    services: new Map(),
    roles: new Map(),
    users: new Map(),
    conversations: new Map(),
    participants: new Map(),
    messages: new Map(),
    webhooks: new Map(),
    addresses: new Map(),
    accountWebhooks: noWebhooks(),
    defaults: { chatServiceSid, messagingServiceSid: null, inactiveTimer: null, closedTimer: null },
    named: new Map(),
    joined: new Map(),
  };
}

export function noWebhooks(): WebhookConfigurationRow {
  return { method: "POST", filters: [], preWebhookUrl: null, postWebhookUrl: null, target: "webhook" };
}

/** 50050, https://www.twilio.com/docs/api/errors/50050 */
export function findService(store: Store, sid: string): ServiceRow {
  const row = store.services.get(sid);
  if (!row) throw new ApiError(404, 50050, "Service not found");
  return row;
}

/** What the account and a service have set for events in it. */
export function webhookConfigurations(
  store: Store,
  { serviceSid }: Pick<ConversationRow, "serviceSid">,
): WebhookConfigurationRow[] {
  return [store.accountWebhooks, findService(store, serviceSid).webhooks];
}

export function insertConversation(store: Store, row: ConversationRow): void {
  store.conversations.set(row.sid, row);
  if (row.uniqueName) addTo(store.named, row.uniqueName, row.sid);
}

export function renameConversation(store: Store, row: ConversationRow, uniqueName: string | null): void {
  if (row.uniqueName) store.named.get(row.uniqueName)?.delete(row.sid);
  row.uniqueName = uniqueName;
  if (uniqueName) addTo(store.named, uniqueName, row.sid);
}

export function deleteConversation(store: Store, row: ConversationRow): void {
  if (row.uniqueName) store.named.get(row.uniqueName)?.delete(row.sid);
  for (const participant of store.participants.get(row.sid) ?? []) forgetMember(store, participant);
  for (const rows of [store.conversations, store.participants, store.messages, store.webhooks]) rows.delete(row.sid);
}

/** All Conversations of a service that are called so; a closed one may share its name with a later one. */
export function conversationsNamed(store: Store, serviceSid: string, uniqueName: string): ConversationRow[] {
  const rows = [...(store.named.get(uniqueName) ?? [])].flatMap((sid) => store.conversations.get(sid) ?? []);
  return rows.filter((row) => row.serviceSid === serviceSid);
}

/**
 * By SID or unique name, in one service. 50350, https://www.twilio.com/docs/api/errors/50350
 * Without a service a SID is looked for in all of them, a name in the default one.
 */
export function findConversation(store: Store, sidOrName: string, serviceSid?: string): ConversationRow {
  const bySid = store.conversations.get(sidOrName);
  if (bySid && (serviceSid === undefined || bySid.serviceSid === serviceSid)) return bySid;
  const named = conversationsNamed(store, serviceSid ?? store.defaults.chatServiceSid, sidOrName);
  const found = named.find((row) => row.state !== "closed") ?? named.at(-1);
  if (!found) throw new ApiError(404, 50350, "Conversation not found");
  return found;
}

/**
 * A closed Conversation refuses every change, and one that is being set up: https://www.twilio.com/docs/api/errors/50377,
 * https://www.twilio.com/docs/api/errors/50386 (their status is unverified).
 */
export function openConversation(store: Store, sidOrName: string, serviceSid?: string): ConversationRow {
  const row = findConversation(store, sidOrName, serviceSid);
  if (row.state === "closed") throw new ApiError(400, 50377, "Conversation is closed and cannot be changed");
  if (row.state === "initializing")
    throw new ApiError(400, 50386, "Conversation is initializing and cannot be changed");
  return row;
}

export function insertParticipant(store: Store, row: ParticipantRow): void {
  const rows = store.participants.get(row.conversationSid);
  if (rows) rows.push(row);
  else store.participants.set(row.conversationSid, [row]);
  for (const name of namesOf(row)) addTo(store.joined, name, row.conversationSid);
}

export function deleteParticipant(store: Store, row: ParticipantRow): void {
  const rest = (store.participants.get(row.conversationSid) ?? []).filter((one) => one !== row);
  store.participants.set(row.conversationSid, rest);
  if (!rest.some((one) => namesOf(one).some((name) => namesOf(row).includes(name)))) forgetMember(store, row);
}

/** The Participants that an identity or an address is, oldest Conversation first. */
export function participantsNamed(store: Store, identityOrAddress: string): ParticipantRow[] {
  return [...(store.joined.get(identityOrAddress) ?? [])].flatMap((conversationSid) =>
    (store.participants.get(conversationSid) ?? []).filter((row) => namesOf(row).includes(identityOrAddress)),
  );
}

/** By SID or identity; 50432, https://www.twilio.com/docs/api/errors/50432 */
export function findParticipant(store: Store, conversationSid: string, sidOrIdentity: string): ParticipantRow {
  const rows = store.participants.get(conversationSid) ?? [];
  const found = rows.find((row) => row.sid === sidOrIdentity || row.identity === sidOrIdentity);
  if (!found) throw new ApiError(404, 50432, "Participant not found");
  return found;
}

/** The Participant of a Conversation that writes under `author`: a chat identity or a messaging address. */
export function participantOfAuthor(store: Store, conversationSid: string, author: string): ParticipantRow | undefined {
  return store.participants.get(conversationSid)?.find((row) => namesOf(row).includes(author));
}

/** The Participant whose address pair lives in a Conversation that is not closed: the pair is what routes inbound messages. */
export function holderOfPair(store: Store, address: string, proxyAddress: string): ParticipantRow | undefined {
  return participantsNamed(store, address).find(
    (row) =>
      (row.binding?.address === address
        ? row.binding.proxyAddress === proxyAddress
        : shows(store, row, proxyAddress)) && store.conversations.get(row.conversationSid)?.state !== "closed",
  );
}

/** Whether the Conversation of a phone in a group has that sender among its members. */
function shows(store: Store, { conversationSid, groupAddress }: ParticipantRow, sender: string): boolean {
  const rows = groupAddress === null ? [] : (store.participants.get(conversationSid) ?? []);
  return rows.some((row) => row.projectedAddress === sender || row.binding?.proxyAddress === sender);
}

function namesOf({ identity, binding, groupAddress }: ParticipantRow): string[] {
  return [identity, binding?.address, groupAddress].filter((name): name is string => Boolean(name));
}

function forgetMember(store: Store, row: ParticipantRow): void {
  for (const name of namesOf(row)) store.joined.get(name)?.delete(row.conversationSid);
}

function addTo(index: Map<string, Set<string>>, key: string, value: string): void {
  const values = index.get(key);
  if (values) values.add(value);
  else index.set(key, new Set([value]));
}
