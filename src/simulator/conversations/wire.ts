import type { Account } from "../seeds";
import { messageWire } from "./message-wire";
import type { Place } from "./routes/place";
import type {
  AddressConfigurationRow,
  ConversationRow,
  ParticipantRow,
  ScopedWebhookRow,
  ServiceRow,
  WebhookConfigurationRow,
} from "./rows";
import type { AccountDefaults } from "./store";

/** Conversations dates carry no fractions of a second. */
export const date = (value: Date) => `${value.toISOString().slice(0, 19)}Z`;
const optionalDate = (value: Date | null) => (value ? date(value) : null);

/** The JSON of Twilio's Conversations resources: only here are its wire names written. */
export function conversationsWire(account: Account, { serviceSid, named, root }: Place) {
  const conversationUrl = (sid: string) => `${root}/Conversations/${sid}`;
  /** Messages, receipts and webhooks tell their service only where the request named it. */
  const service = named ? { chat_service_sid: serviceSid } : {};
  return {
    conversation(row: ConversationRow) {
      const url = conversationUrl(row.sid);
      return {
        account_sid: account.sid,
        chat_service_sid: row.serviceSid,
        messaging_service_sid: row.messagingServiceSid,
        sid: row.sid,
        friendly_name: row.friendlyName,
        unique_name: row.uniqueName,
        attributes: row.attributes,
        state: row.state,
        date_created: date(row.createdAt),
        date_updated: date(row.updatedAt),
        timers: timers(row),
        bindings: row.email ? { email: { projected_address: row.email.address, name: row.email.name } } : {},
        url,
        links: {
          participants: `${url}/Participants`,
          messages: `${url}/Messages`,
          webhooks: `${url}/Webhooks`,
          export: `${url}/Export`,
        },
      };
    },
    participant(row: ParticipantRow) {
      return {
        account_sid: account.sid,
        ...service,
        conversation_sid: row.conversationSid,
        sid: row.sid,
        identity: row.identity,
        attributes: row.attributes,
        messaging_binding: binding(row),
        role_sid: row.roleSid,
        last_read_message_index: row.lastReadMessageIndex,
        last_read_timestamp: optionalDate(row.lastReadTimestamp),
        date_created: date(row.createdAt),
        date_updated: date(row.updatedAt),
        url: `${conversationUrl(row.conversationSid)}/Participants/${row.sid}`,
      };
    },
    ...messageWire(account, service, conversationUrl),
    webhook(row: ScopedWebhookRow) {
      const configuration =
        row.target === "studio"
          ? { flow_sid: row.flowSid, filters: row.filters, replay_after: row.replayAfter }
          : {
              ...{ url: row.url, method: row.method, filters: row.filters },
              ...(row.target === "trigger" ? { triggers: row.triggers } : {}),
            };
      return {
        sid: row.sid,
        account_sid: account.sid,
        ...service,
        conversation_sid: row.conversationSid,
        target: row.target,
        configuration,
        date_created: date(row.createdAt),
        date_updated: date(row.updatedAt),
        url: `${conversationUrl(row.conversationSid)}/Webhooks/${row.sid}`,
      };
    },
    address(row: AddressConfigurationRow) {
      const { autoCreation } = row;
      const shared = {
        enabled: autoCreation.enabled,
        type: autoCreation.type,
        conversation_service_sid: autoCreation.conversationServiceSid,
      };
      const hook = {
        webhook_url: autoCreation.webhookUrl,
        webhook_method: autoCreation.webhookMethod,
        webhook_filters: autoCreation.webhookFilters,
      };
      const flow = { studio_flow_sid: autoCreation.studioFlowSid, studio_retry_count: autoCreation.studioRetryCount };
      return {
        sid: row.sid,
        account_sid: account.sid,
        type: row.type,
        address: row.address,
        friendly_name: row.friendlyName,
        address_country: row.addressCountry,
        auto_creation: { ...shared, ...{ studio: flow, webhook: hook, default: {} }[autoCreation.type] },
        date_created: date(row.createdAt),
        date_updated: date(row.updatedAt),
        url: `${root}/Configuration/Addresses/${row.sid}`,
      };
    },
    participantConversation(participant: ParticipantRow, conversation: ConversationRow, userSid: string | null) {
      return {
        account_sid: account.sid,
        chat_service_sid: conversation.serviceSid,
        participant_sid: participant.sid,
        participant_user_sid: userSid,
        participant_identity: participant.identity,
        participant_messaging_binding: binding(participant),
        conversation_sid: conversation.sid,
        conversation_unique_name: conversation.uniqueName,
        conversation_friendly_name: conversation.friendlyName,
        conversation_attributes: conversation.attributes,
        conversation_date_created: date(conversation.createdAt),
        conversation_date_updated: date(conversation.updatedAt),
        conversation_created_by: conversation.createdBy ?? "system",
        conversation_state: conversation.state,
        conversation_timers: timers(conversation),
        links: {
          participant: `${conversationUrl(conversation.sid)}/Participants/${participant.sid}`,
          conversation: conversationUrl(conversation.sid),
        },
      };
    },
    configuration(defaults: AccountDefaults) {
      return {
        account_sid: account.sid,
        default_chat_service_sid: defaults.chatServiceSid,
        default_messaging_service_sid: defaults.messagingServiceSid,
        default_inactive_timer: defaults.inactiveTimer,
        default_closed_timer: defaults.closedTimer,
        url: `${root}/Configuration`,
        links: { service: `${root}/Services/${defaults.chatServiceSid}`, webhooks: `${root}/Configuration/Webhooks` },
      };
    },
    accountWebhooks(row: WebhookConfigurationRow) {
      return {
        account_sid: account.sid,
        method: row.method,
        filters: row.filters,
        pre_webhook_url: row.preWebhookUrl,
        post_webhook_url: row.postWebhookUrl,
        target: row.target,
        url: `${root}/Configuration/Webhooks`,
      };
    },
    service(row: ServiceRow) {
      const url = `${root}/Services/${row.sid}`;
      return {
        account_sid: account.sid,
        sid: row.sid,
        friendly_name: row.friendlyName,
        date_created: date(row.createdAt),
        date_updated: date(row.updatedAt),
        url,
        links: {
          conversations: `${url}/Conversations`,
          users: `${url}/Users`,
          roles: `${url}/Roles`,
          bindings: `${url}/Bindings`,
          participant_conversations: `${url}/ParticipantConversations`,
          conversation_with_participants: `${url}/ConversationWithParticipants`,
          configuration: `${url}/Configuration`,
        },
      };
    },
    serviceWebhooks(row: WebhookConfigurationRow) {
      return {
        account_sid: account.sid,
        chat_service_sid: serviceSid,
        pre_webhook_url: row.preWebhookUrl,
        post_webhook_url: row.postWebhookUrl,
        filters: row.filters,
        method: row.method,
        url: `${root}/Configuration/Webhooks`,
      };
    },
  };
}

export function timers({ timers: { dateInactive, dateClosed } }: ConversationRow) {
  return {
    ...(dateInactive ? { date_inactive: date(dateInactive) } : {}),
    ...(dateClosed ? { date_closed: date(dateClosed) } : {}),
  };
}

function binding({ binding: pair, groupAddress, projectedAddress }: ParticipantRow) {
  if (pair) return { type: pair.type, address: pair.address, proxy_address: pair.proxyAddress };
  if (groupAddress) return { type: "sms", address: groupAddress };
  return projectedAddress && { type: "sms", projected_address: projectedAddress };
}
