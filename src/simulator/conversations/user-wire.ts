import type { Account } from "../seeds";
import type { Place } from "./routes/place";
import type { ConversationRow, NotificationRow, ParticipantRow, RoleRow, ServiceRow, UserRow } from "./rows";
import { date, timers } from "./wire";

/** What a User sees of a Conversation. */
export interface UserConversation {
  user: UserRow;
  participant: ParticipantRow;
  conversation: ConversationRow;
  /** Null for one who never said how far they read. */
  unread: number | null;
}

/** The JSON of Users, Roles, and what a service says of them. */
export function usersWire(account: Account, { serviceSid, root }: Place) {
  const owner = { account_sid: account.sid, chat_service_sid: serviceSid };
  return {
    /** Of a list Twilio tells neither: https://www.twilio.com/docs/conversations-classic/api/user-resource */
    listedUser: (row: UserRow) => user(row, null),
    /** Null where the service has no reachability, and for one who was never online. */
    user: (row: UserRow, { configuration }: ServiceRow) =>
      user(row, configuration.reachabilityEnabled ? row.isOnline : null),
    role(row: RoleRow) {
      return {
        ...owner,
        sid: row.sid,
        friendly_name: row.friendlyName,
        type: row.type,
        permissions: row.permissions,
        date_created: date(row.createdAt),
        date_updated: date(row.updatedAt),
        url: `${root}/Roles/${row.sid}`,
      };
    },
    userConversation({ user: { sid }, participant, conversation, unread }: UserConversation) {
      const conversationUrl = `${root}/Conversations/${conversation.sid}`;
      return {
        ...owner,
        conversation_sid: conversation.sid,
        unread_messages_count: unread,
        last_read_message_index: participant.lastReadMessageIndex,
        participant_sid: participant.sid,
        user_sid: sid,
        friendly_name: conversation.friendlyName,
        conversation_state: conversation.state,
        timers: timers(conversation),
        attributes: conversation.attributes,
        date_created: date(conversation.createdAt),
        date_updated: date(conversation.updatedAt),
        created_by: conversation.createdBy ?? "system",
        notification_level: participant.notificationLevel,
        unique_name: conversation.uniqueName,
        url: `${root}/Users/${sid}/Conversations/${conversation.sid}`,
        links: { participant: `${conversationUrl}/Participants/${participant.sid}`, conversation: conversationUrl },
      };
    },
    configuration({ configuration }: ServiceRow) {
      const url = `${root}/Configuration`;
      return {
        chat_service_sid: serviceSid,
        default_conversation_creator_role_sid: configuration.creatorRoleSid,
        default_conversation_role_sid: configuration.conversationRoleSid,
        default_chat_service_role_sid: configuration.serviceRoleSid,
        reachability_enabled: configuration.reachabilityEnabled,
        url,
        links: { notifications: `${url}/Notifications`, webhooks: `${url}/Webhooks` },
      };
    },
    notifications({
      notifications: { logEnabled, newMessage, addedToConversation, removedFromConversation },
    }: ServiceRow) {
      return {
        ...owner,
        log_enabled: logEnabled,
        new_message: {
          ...notification(newMessage),
          badge_count_enabled: newMessage.badgeCountEnabled,
          with_media: { enabled: newMessage.withMedia.enabled, template: newMessage.withMedia.template },
        },
        added_to_conversation: notification(addedToConversation),
        removed_from_conversation: notification(removedFromConversation),
        url: `${root}/Configuration/Notifications`,
      };
    },
  };

  function user(row: UserRow, isOnline: boolean | null) {
    const url = `${root}/Users/${row.sid}`;
    return {
      ...owner,
      sid: row.sid,
      role_sid: row.roleSid,
      identity: row.identity,
      friendly_name: row.friendlyName,
      attributes: row.attributes,
      is_online: isOnline,
      // Null for one who never registered a device: nobody here does.
      is_notifiable: null,
      date_created: date(row.createdAt),
      date_updated: date(row.updatedAt),
      url,
      links: { user_conversations: `${url}/Conversations` },
    };
  }
}

const notification = ({ enabled, template, sound }: NotificationRow) => ({ enabled, template, sound });
