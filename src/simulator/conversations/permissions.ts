import type { RoleRow } from "./rows";

/** Names and scopes: https://www.twilio.com/docs/conversations-classic/api/role-resource */
const OF_BOTH = [
  "addParticipant",
  "addNonChatParticipant",
  "removeParticipant",
  "deleteConversation",
  "editConversationName",
  "editConversationAttributes",
  "editAnyMessage",
  "editAnyMessageAttributes",
  "editOwnMessage",
  "editOwnMessageAttributes",
  "deleteAnyMessage",
  "readChannelMetadata",
];
const OF_CONVERSATIONS = [
  "sendMessage",
  "sendMediaMessage",
  "leaveConversation",
  "deleteOwnMessage",
  "editNotificationLevel",
  "editAnyParticipantAttributes",
  "editOwnParticipantAttributes",
];
const OF_SERVICES = ["createConversation", "joinConversation", "editOwnUserInfo", "editAnyUserInfo"];

export function permissionsOf(type: RoleRow["type"]): readonly string[] {
  return [...OF_BOTH, ...(type === "conversation" ? OF_CONVERSATIONS : OF_SERVICES)];
}
