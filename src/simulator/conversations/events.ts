import type { World } from "../world";
import type { ConversationRow, MessageRow, ParticipantRow, ScopedWebhookRow, Source } from "./rows";
import { type Store, webhookConfigurations } from "./store";
import { date } from "./wire";

/** Twilio waits five seconds for a webhook: https://www.twilio.com/docs/conversations-classic/conversations-webhooks */
const WEBHOOK_TIMEOUT_MS = 5_000;

export interface ConversationEvent {
  type: string;
  conversation: ConversationRow;
  source: Source;
  /** Whoever acted through a client SDK. */
  clientIdentity?: string;
  fields: Record<string, string>;
  /** The Message a Studio webhook is to work on. */
  message?: MessageRow;
}

/** Calls every webhook that asked for this event: the account's, the service's, and the Conversation's own. */
export function announce(world: World, store: Store, event: ConversationEvent): void {
  for (const configured of webhookConfigurations(store, event.conversation)) {
    const { postWebhookUrl } = configured;
    if (postWebhookUrl && configured.filters.includes(event.type))
      send(world, event, postWebhookUrl, configured.method);
  }
  for (const hook of store.webhooks.get(event.conversation.sid) ?? []) {
    if (hook.filters.includes(event.type)) ring(world, event, hook);
  }
}

/** Delivers to one scoped webhook; also what `ReplayAfter` uses. */
export function ring(world: World, event: ConversationEvent, hook: ScopedWebhookRow): void {
  const { message } = event;
  if (hook.target === "studio") {
    if (message && hook.flowSid) {
      const { flowSid } = hook;
      world.work.later(() => world.studio.deliver(flowSid, message));
    }
    return;
  }
  if (hook.url) send(world, event, hook.url, hook.method, { WebhookSid: hook.sid, RetryCount: "0" });
}

function send(
  world: World,
  event: ConversationEvent,
  url: string,
  method: string,
  scoped: Record<string, string> = {},
) {
  const params = {
    AccountSid: world.account.sid,
    ChatServiceSid: event.conversation.serviceSid,
    EventType: event.type,
    Source: event.source,
    ...(event.clientIdentity ? { ClientIdentity: event.clientIdentity } : {}),
    ConversationSid: event.conversation.sid,
    ...event.fields,
    ...scoped,
  };
  world.work.later(async () => {
    await world.sendWebhook({
      name: `Conversations ${event.type}`,
      url,
      method: method.toUpperCase() === "GET" ? "GET" : "POST",
      params,
      timeoutMs: WEBHOOK_TIMEOUT_MS,
      about: { conversationSid: event.conversation.sid },
    });
  });
}

/** What an update or a removal adds to the fields of a Message or a Participant. */
export const updatedFields = ({ updatedAt }: { updatedAt: Date }) => ({ DateUpdated: date(updatedAt) });
export const removedFields = (now: Date) => ({ DateUpdated: date(now), DateRemoved: date(now) });

export function conversationFields(row: ConversationRow): Record<string, string> {
  return {
    DateCreated: date(row.createdAt),
    DateUpdated: date(row.updatedAt),
    ...(row.friendlyName ? { FriendlyName: row.friendlyName } : {}),
    ...(row.uniqueName ? { UniqueName: row.uniqueName } : {}),
    Attributes: row.attributes,
    ...(row.messagingServiceSid ? { MessagingServiceSid: row.messagingServiceSid } : {}),
    State: row.state,
  };
}

export function participantFields(row: ParticipantRow): Record<string, string> {
  return {
    ParticipantSid: row.sid,
    DateCreated: date(row.createdAt),
    ...(row.identity ? { Identity: row.identity } : {}),
    ...(row.roleSid ? { RoleSid: row.roleSid } : {}),
    Attributes: row.attributes,
    ...(row.lastReadMessageIndex === null ? {} : { LastReadMessageIndex: String(row.lastReadMessageIndex) }),
    ...(row.binding
      ? {
          "MessagingBinding.Type": row.binding.type.toUpperCase(),
          "MessagingBinding.Address": row.binding.address,
          "MessagingBinding.ProxyAddress": row.binding.proxyAddress,
        }
      : { "MessagingBinding.Type": "CHAT" }),
  };
}

export function messageFields(row: MessageRow, conversation: ConversationRow): Record<string, string> {
  return {
    MessageSid: row.sid,
    ...(conversation.messagingServiceSid ? { MessagingServiceSid: conversation.messagingServiceSid } : {}),
    Index: String(row.index),
    DateCreated: date(row.createdAt),
    ...(row.body === null ? {} : { Body: row.body }),
    Author: row.author,
    ...(row.participantSid ? { ParticipantSid: row.participantSid } : {}),
    Attributes: row.attributes,
  };
}
