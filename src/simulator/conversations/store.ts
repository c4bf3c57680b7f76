import { ApiError } from "../server/api-error";
import type {
  AddressConfigurationRow,
  ConversationRow,
  MessageRow,
  ParticipantRow,
  ScopedWebhookRow,
  WebhookConfigurationRow,
} from "./rows";

/** The rows of Conversations, and how they are found. */
export interface Store {
  conversations: Map<string, ConversationRow>;
  participants: Map<string, ParticipantRow[]>;
  messages: Map<string, MessageRow[]>;
  webhooks: Map<string, ScopedWebhookRow[]>;
  addresses: Map<string, AddressConfigurationRow>;
  accountWebhooks: WebhookConfigurationRow;
  serviceWebhooks: WebhookConfigurationRow;
  defaults: { inactiveTimer: string | null; closedTimer: string | null };
}

export function createStore(): Store {
  return {
    conversations: new Map(),
    participants: new Map(),
    messages: new Map(),
    webhooks: new Map(),
    addresses: new Map(),
    accountWebhooks: { method: "POST", filters: [], preWebhookUrl: null, postWebhookUrl: null, target: "webhook" },
    serviceWebhooks: { method: "POST", filters: [], preWebhookUrl: null, postWebhookUrl: null, target: "webhook" },
    defaults: { inactiveTimer: null, closedTimer: null },
  };
}

/** 50350, https://www.twilio.com/docs/api/errors/50350 */
export function findConversation(store: Store, sidOrName: string): ConversationRow {
  const bySid = store.conversations.get(sidOrName);
  if (bySid) return bySid;
  const named = [...store.conversations.values()].filter((row) => row.uniqueName === sidOrName);
  const found = named.find((row) => row.state !== "closed") ?? named.at(-1);
  if (!found) throw new ApiError(404, 50350, "Conversation not found");
  return found;
}

/** A closed Conversation refuses every change: 50377, https://www.twilio.com/docs/api/errors/50377 (its status is unverified). */
export function openConversation(store: Store, sidOrName: string): ConversationRow {
  const row = findConversation(store, sidOrName);
  if (row.state === "closed") throw new ApiError(400, 50377, "Conversation is closed and cannot be changed");
  return row;
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
  const rows = store.participants.get(conversationSid) ?? [];
  return rows.find((row) => row.identity === author || row.binding?.address === author);
}

/** The Participant whose address pair lives in a Conversation that is not closed: the pair is what routes inbound messages. */
export function holderOfPair(store: Store, address: string, proxyAddress: string): ParticipantRow | undefined {
  for (const row of store.conversations.values()) {
    if (row.state === "closed") continue;
    const holder = store.participants
      .get(row.sid)
      ?.find(({ binding }) => binding?.address === address && binding.proxyAddress === proxyAddress);
    if (holder) return holder;
  }
  return undefined;
}
