import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { Place } from "./participants";
import type { MessagingBinding, NewParticipant, ParticipantRow } from "./rows";
import type { Store } from "./store";

/** https://www.twilio.com/docs/conversations-classic/conversations-limits */
const MOST_IN_A_GROUP = 10;
/** Fewer are no group: https://www.twilio.com/docs/api/errors/50435 */
const FEWEST_IN_A_GROUP = 3;

type Given = Pick<NewParticipant, "binding" | "groupAddress" | "projectedAddress">;
type Member = Given | ParticipantRow;

/**
 * Group MMS: phones without a proxy, and chat members under a projected address
 * (https://www.twilio.com/docs/conversations/group-texting). Codes: https://www.twilio.com/docs/api/errors, 50434 to 50439.
 */
export function refuseOutOfGroup(
  { world, store }: { world: World; store: Store },
  conversation: Place,
  rows: readonly ParticipantRow[],
  given: Given,
): void {
  const { projectedAddress, groupAddress } = given;
  if (projectedAddress && !world.senders.has(projectedAddress)) {
    throw new ApiError(400, 50439, "The projected address is not one of this account's senders");
  }
  if (!isGroup([...rows, given])) return;
  if (isGroup(rows) && !isInGroup(given)) throw new ApiError(400, 50434, "Participant projected address not provided");
  if (!rows.every(isInGroup)) throw new ApiError(400, 50435, "A member of the Conversation cannot be in a group");
  if (rows.length >= MOST_IN_A_GROUP)
    throw new ApiError(400, 50436, "Participant limit exceeded for group conversation");
  if (groupAddress && rows.some((row) => row.groupAddress === groupAddress || row.binding?.address === groupAddress)) {
    throw new ApiError(409, 50437, "Group Participant already exists");
  }
  refuseTwin(store, conversation, [...rows, given]);
}

/** 50438: another open Conversation has the same members. */
function refuseTwin(store: Store, conversation: Place, members: readonly Member[]): void {
  if (members.length < FEWEST_IN_A_GROUP) return;
  const wanted = listOf(members);
  const phone = members.find(({ groupAddress }) => groupAddress)?.groupAddress;
  for (const sid of store.joined.get(String(phone)) ?? []) {
    const open = store.conversations.get(sid)?.state !== "closed";
    if (sid === conversation.sid || !open || listOf(store.participants.get(sid) ?? []) !== wanted) continue;
    throw new ApiError(409, 50438, `Group conversation with given participant list already exists: ${sid}`);
  }
}

const listOf = (members: readonly Member[]) =>
  members
    .map(({ binding, groupAddress, projectedAddress }) => groupAddress ?? projectedAddress ?? binding?.address)
    .sort()
    .join();

const isGroup = (members: readonly Member[]) =>
  members.some(({ groupAddress, projectedAddress }) => groupAddress || projectedAddress);

const isInGroup = ({ binding, groupAddress, projectedAddress }: Member) =>
  Boolean(binding ?? groupAddress ?? projectedAddress);

/** Where a Message for this member goes, and from which of our senders: in a group the one its author shows under. */
export function legOf(
  store: Store,
  { conversationSid, binding, groupAddress }: ParticipantRow,
  author: ParticipantRow | undefined,
): MessagingBinding | null {
  if (binding || groupAddress === null) return binding;
  const rows = store.participants.get(conversationSid) ?? [];
  const sender =
    author?.projectedAddress ??
    rows.find((row) => row.projectedAddress)?.projectedAddress ??
    rows.find((row) => row.binding)?.binding?.proxyAddress;
  return sender ? { type: "sms", address: groupAddress, proxyAddress: sender } : null;
}
