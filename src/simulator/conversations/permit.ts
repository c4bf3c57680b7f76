import { ApiError } from "../server/api-error";
import { findConversation, type Store } from "./store";
import type { Users } from "./users";

export type Permit = (conversationSid: string, identity: string, permission: string) => void;

/**
 * Throws unless whoever acts through a client SDK may: by their Role in the Conversation, or by that in the service
 * (https://www.twilio.com/docs/api/errors/50107; that no member is a 50430 is unverified). REST may do anything.
 */
export function createPermit(store: Store, users: Users): Permit {
  return (conversationSid, identity, permission) => {
    const { sid, serviceSid } = findConversation(store, conversationSid);
    const participant = store.participants.get(sid)?.find((row) => row.identity === identity);
    if (!participant) throw new ApiError(403, 50430, `${identity} is not a member of Conversation ${sid}`);
    const roles = [participant.roleSid, users.named(serviceSid, identity)?.roleSid];
    if (roles.some((role) => role && store.roles.get(role)?.permissions.includes(permission))) return;
    throw new ApiError(403, 50107, `User not authorized for command: no Role of ${identity} has ${permission}`);
  };
}
