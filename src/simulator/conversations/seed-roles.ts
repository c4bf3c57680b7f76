import type { Roles } from "./roles";
import type { RoleRow, ServiceConfiguration } from "./rows";

type Seed = Pick<RoleRow, "friendlyName" | "type" | "permissions">;

const OWN_MESSAGES = ["sendMessage", "sendMediaMessage", "leaveConversation"];
const OWN_WORDS = ["editOwnMessage", "editOwnMessageAttributes", "deleteOwnMessage"];
const ANY_WORDS = ["editAnyMessage", "editAnyMessageAttributes", "deleteAnyMessage"];
const MEMBERS = ["addParticipant", "removeParticipant"];
const OF_AN_AGENT = ["editConversationAttributes", ...OWN_MESSAGES, ...OWN_WORDS];

/** What every service starts with, as Programmable Chat's services did; the permissions are unverified. */
const USUAL: readonly Seed[] = [
  {
    friendlyName: "service admin",
    type: "service",
    permissions: [
      "createConversation",
      "joinConversation",
      "deleteConversation",
      ...MEMBERS,
      "editConversationName",
      "editConversationAttributes",
      ...ANY_WORDS,
      "editOwnUserInfo",
      "editAnyUserInfo",
    ],
  },
  {
    friendlyName: "service user",
    type: "service",
    permissions: ["createConversation", "joinConversation", "editOwnUserInfo"],
  },
  {
    friendlyName: "channel admin",
    type: "conversation",
    permissions: [
      "deleteConversation",
      ...MEMBERS,
      "editConversationName",
      "editConversationAttributes",
      ...OWN_MESSAGES,
      ...ANY_WORDS,
      "editAnyParticipantAttributes",
      "editNotificationLevel",
    ],
  },
  {
    friendlyName: "channel user",
    type: "conversation",
    permissions: [...OWN_MESSAGES, ...OWN_WORDS, "editNotificationLevel"],
  },
];

/** https://www.twilio.com/docs/flex/admin-guide/setup/conversations/conversations-roles */
const FLEX: readonly Seed[] = [
  {
    friendlyName: "admin",
    type: "service",
    permissions: [
      "joinConversation",
      "deleteConversation",
      ...MEMBERS,
      "editConversationAttributes",
      "editOwnUserInfo",
      "editAnyUserInfo",
    ],
  },
  { friendlyName: "supervisor", type: "service", permissions: ["joinConversation", ...MEMBERS, "editOwnUserInfo"] },
  { friendlyName: "guest", type: "conversation", permissions: OWN_MESSAGES },
  { friendlyName: "agent", type: "conversation", permissions: OF_AN_AGENT },
  { friendlyName: "admin", type: "conversation", permissions: [...OF_AN_AGENT, ...ANY_WORDS] },
  { friendlyName: "supervisor", type: "conversation", permissions: [...OF_AN_AGENT, ...ANY_WORDS] },
];

/** Makes the Roles of a new service and tells which it gives by default. Flex's own members are guests by default. */
export function seedRoles(roles: Roles, serviceSid: string, isFlex: boolean): ServiceConfiguration {
  const seeds = isFlex ? [...USUAL, ...FLEX] : USUAL;
  const rows = seeds.map((seed) => roles.create({ serviceSid, ...seed, permissions: [...seed.permissions] }));
  const sidOf = (type: RoleRow["type"], name: string) =>
    String(rows.find((row) => row.type === type && row.friendlyName === name)?.sid);
  return {
    creatorRoleSid: sidOf("conversation", "channel admin"),
    conversationRoleSid: sidOf("conversation", isFlex ? "guest" : "channel user"),
    serviceRoleSid: sidOf("service", "service user"),
    reachabilityEnabled: false,
  };
}
