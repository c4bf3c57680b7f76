import { callHook } from "../webhooks/call-hook";
import type { World } from "../world";
import type { ConversationRow, MessageMedia, MessageRow, ParticipantRow, ScopedWebhookRow, Source } from "./rows";
import { type Store, webhookConfigurations } from "./store";
import { date } from "./wire";

/** What every event tells: https://www.twilio.com/docs/conversations-classic/conversations-webhooks */
interface Event {
  type: string;
  source: Source;
  /** Whoever acted through a client SDK. */
  clientIdentity?: string;
  fields: Record<string, string>;
}

export interface ConversationEvent extends Event {
  conversation: ConversationRow;
  /** The Message a Studio webhook is to work on. */
  message?: MessageRow;
}

/** An event of a User: no Conversation is concerned, and no scoped webhook. */
export interface ServiceEvent extends Event {
  serviceSid: string;
}

/** Calls every webhook that asked for this event: the account's, the service's, and the Conversation's own. */
export function announce(world: World, store: Store, event: ConversationEvent): void {
  announceInService(world, store, inService(event));
  for (const hook of store.webhooks.get(event.conversation.sid) ?? []) ring(world, event, hook);
}

/** Calls the webhooks of the account and of a service. */
export function announceInService(world: World, store: Store, event: ServiceEvent): void {
  for (const { postWebhookUrl, filters, method } of webhookConfigurations(store, event)) {
    if (postWebhookUrl && filters.includes(event.type)) send(world, event, { url: postWebhookUrl, method });
  }
}

/** Delivers to one scoped webhook, if the event is one for it; also what `ReplayAfter` uses. */
export function ring(world: World, event: ConversationEvent, hook: ScopedWebhookRow): void {
  if (!hook.filters.includes(event.type) || !pulls(hook, event)) return;
  const { message } = event;
  if (hook.target === "studio") {
    if (message && hook.flowSid) {
      const { flowSid } = hook;
      world.work.later(() => world.studio.deliver(flowSid, message));
    }
    return;
  }
  const { url, method, sid } = hook;
  if (url) send(world, inService(event), { url, method, sid });
}

/** That a keyword counts anywhere in the text, in the case in which it was set, is unverified. */
function pulls({ target, triggers }: ScopedWebhookRow, { fields: { Body = "" } }: ConversationEvent): boolean {
  return target !== "trigger" || triggers.some((keyword) => Body.includes(keyword));
}

function inService({ conversation, ...event }: ConversationEvent): ServiceEvent {
  return {
    ...event,
    serviceSid: conversation.serviceSid,
    fields: { ConversationSid: conversation.sid, ...event.fields },
  };
}

interface Target {
  url: string;
  method: string;
  /** Of a scoped webhook, which is told more. */
  sid?: string;
}

function send(world: World, event: ServiceEvent, { url, method, sid }: Target): void {
  const scoped: Record<string, string> = sid === undefined ? {} : { ChatServiceSid: event.serviceSid, WebhookSid: sid };
  world.work.later(async () => {
    await callHook(world, {
      event: event.type,
      ...{ url, method },
      params: { ...paramsOf(world, event), ...scoped },
      retries: world.webhookSettings.postRetryCount,
      countsTries: sid !== undefined,
      conversationSid: event.fields.ConversationSid,
    });
  });
}

/** Events of Messages and Participants do not name the service. */
export function paramsOf({ account }: Pick<World, "account">, event: ServiceEvent): Record<string, string> {
  return {
    AccountSid: account.sid,
    EventType: event.type,
    Source: event.source,
    ...(event.clientIdentity ? { ClientIdentity: event.clientIdentity } : {}),
    ...(/^on(Conversation|Delivery|User)/.test(event.type) ? { ChatServiceSid: event.serviceSid } : {}),
    ...event.fields,
  };
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
    ...bindingFields(row),
  };
}

function bindingFields({ binding, groupAddress, projectedAddress }: ParticipantRow): Record<string, string> {
  return {
    "MessagingBinding.Type": binding?.type.toUpperCase() ?? (groupAddress ? "SMS" : "CHAT"),
    ...(binding
      ? { "MessagingBinding.Address": binding.address, "MessagingBinding.ProxyAddress": binding.proxyAddress }
      : {}),
    ...(groupAddress ? { "MessagingBinding.Address": groupAddress } : {}),
    ...(projectedAddress ? { "MessagingBinding.ProjectedAddress": projectedAddress } : {}),
  };
}

export function messageFields(row: MessageRow, conversation: ConversationRow): Record<string, string> {
  return {
    MessageSid: row.sid,
    ...(conversation.messagingServiceSid ? { MessagingServiceSid: conversation.messagingServiceSid } : {}),
    Index: String(row.index),
    DateCreated: date(row.createdAt),
    ...(row.body === null ? {} : { Body: row.body }),
    ...(row.media.length > 0 ? { Media: mediaField(row.media) } : {}),
    Author: row.author,
    ...(row.participantSid ? { ParticipantSid: row.participantSid } : {}),
    Attributes: row.attributes,
  };
}

/** Capitalised, unlike REST's: seen in https://github.com/leroychan/twilio-flex-conversations-adapters */
export function mediaField(media: readonly MessageMedia[]): string {
  return JSON.stringify(
    media.map(({ sid, filename, contentType, size }) => ({
      Sid: sid,
      Filename: filename,
      ContentType: contentType,
      Size: size,
    })),
  );
}
