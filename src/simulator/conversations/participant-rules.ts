import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { refuseOutOfGroup } from "./groups";
import type { Place } from "./participants";
import { LONGEST_PARTICIPANT_ATTRIBUTES, refuseAttributes } from "./refusals";
import type { Roles } from "./roles";
import type { MessagingBinding, NewParticipant, ParticipantRow } from "./rows";
import { holderOfPair, type Store } from "./store";
import { refuseIdentity } from "./users";

/** https://www.twilio.com/docs/conversations-classic/conversations-limits */
const MOST_MEMBERS = 1000;
const MOST_MESSAGING_MEMBERS = 50;
const MOST_CONVERSATIONS_OF_AN_IDENTITY = 1000;

interface Parts {
  world: World;
  store: Store;
  roles: Roles;
}

/** Refuses whoever cannot become a member besides `rows`; codes as in https://www.twilio.com/docs/api/errors */
export function refuseNewParticipant(
  { world, store, roles }: Parts,
  conversation: Place,
  rows: readonly ParticipantRow[],
  given: NewParticipant,
): void {
  refuseAttributes(given.attributes, LONGEST_PARTICIPANT_ATTRIBUTES);
  if (given.roleSid !== undefined) roles.require(conversation.serviceSid, "conversation", given.roleSid);
  if (rows.length >= MOST_MEMBERS) throw new ApiError(400, 50403, "Member limit exceeded");
  const { identity, binding, groupAddress } = given;
  if (identity !== undefined && (binding || groupAddress)) {
    throw new ApiError(400, 50211, "A participant has either an Identity or an address and its proxy address");
  }
  if (identity !== undefined) refuseChatMember(store, conversation, rows, identity);
  else if (!binding && !groupAddress) {
    throw new ApiError(400, 50204, "Either an Identity or a MessagingBinding.Address is needed");
  }
  refuseOutOfGroup({ world, store }, conversation, rows, given);
  if (!binding && !groupAddress) return;
  // 50422 means the same; which of the two Twilio gives is unverified.
  if (rows.filter((row) => row.binding || row.groupAddress).length >= MOST_MESSAGING_MEMBERS) {
    throw new ApiError(400, 50418, "Too many messaging participants");
  }
  if (binding) refuseBinding(world, store, binding);
}

function refuseChatMember(store: Store, conversation: Place, rows: readonly ParticipantRow[], identity: string): void {
  refuseIdentity(identity);
  if (rows.some((row) => row.identity === identity)) throw new ApiError(409, 50433, "Participant already exists");
  const open = [...(store.joined.get(identity) ?? [])].filter((sid) => {
    const joined = store.conversations.get(sid);
    return joined?.serviceSid === conversation.serviceSid && joined.state !== "closed";
  });
  if (open.length >= MOST_CONVERSATIONS_OF_AN_IDENTITY) {
    throw new ApiError(400, 50214, "User conversation limit exceeded");
  }
}

/** 50413, 50415 and 50416, https://www.twilio.com/docs/api/errors/50416 */
export function refuseBinding(world: World, store: Store, { type, address, proxyAddress }: MessagingBinding): void {
  if (!world.senders.has(proxyAddress)) {
    if (type === "whatsapp") throw new ApiError(400, 50415, "The proxy address is not a WhatsApp sender");
    throw new ApiError(400, 50413, "The proxy address is not one of this account's senders");
  }
  const holder = holderOfPair(store, address, proxyAddress);
  if (!holder) return;
  const where = holder.conversationSid;
  throw new ApiError(
    409,
    50416,
    `A binding for this participant and proxy address already exists in Conversation ${where}`,
  );
}
