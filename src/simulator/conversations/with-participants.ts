import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { Creation, NewConversation } from "./create-conversation";
import { type Participants, rowOf } from "./participants";
import type { ConversationRow, NewParticipant, ParticipantRow } from "./rows";
import type { States } from "./states";

const MOST_PARTICIPANTS = 10;

interface Parts {
  world: World;
  creation: Creation;
  participants: Participants;
  states: States;
}

export type WithParticipants = (conversation: NewConversation, participants: NewParticipant[]) => ConversationRow;

/**
 * A Conversation whose Participants come in while it is `initializing`
 * (https://www.twilio.com/docs/conversations-classic/api/conversation-with-participants-resource). They are looked at
 * first; when one fails all the same, the Conversation closes and sets its addresses free:
 * https://www.twilio.com/docs/api/errors/50427. That others than group MMS pass through `initializing` is unverified.
 */
export function createWithParticipants({ world, creation, participants, states }: Parts): WithParticipants {
  return (given, members) => {
    if (members.length > MOST_PARTICIPANTS) throw new ApiError(400, 50426, "Request contains too many participants");
    if (members.length === 0) return creation.create(given);
    const { state = "active", ...rest } = given;
    refuseTogether({ world, participants }, given, members);
    const row = creation.create({ ...rest, state: "initializing" });
    world.work.later(() => {
      // Deleted in the meantime.
      if (!world.conversations.conversations.has(row.sid)) return;
      const goal = enterAll({ world, participants }, row, members) ? state : "closed";
      states.set(row, goal, "EVENT", given.webhooks ?? false);
    });
    return row;
  };
}

function enterAll(
  { world, participants }: Pick<Parts, "world" | "participants">,
  row: ConversationRow,
  members: NewParticipant[],
) {
  try {
    for (const member of members) participants.enter(row, member);
    return true;
  } catch (error) {
    world.log.add({
      kind: "warning",
      name: `50427: errors occurred during multiple participants creation: ${String(error)}`,
      conversationSid: row.sid,
    });
    return false;
  }
}

/** Each besides those before; a pair that is taken is a 50425 here: https://www.twilio.com/docs/api/errors/50425 */
function refuseTogether(
  { world, participants }: Pick<Parts, "world" | "participants">,
  { serviceSid }: NewConversation,
  members: NewParticipant[],
): void {
  const planned = { sid: "", serviceSid: serviceSid ?? world.conversations.store.defaults.chatServiceSid };
  const rows: ParticipantRow[] = [];
  for (const member of members) {
    try {
      participants.refuse(planned, rows, member);
    } catch (error) {
      if (error instanceof ApiError && error.code === 50416) throw new ApiError(409, 50425, error.message);
      throw error;
    }
    rows.push(rowOf(world, planned, member, null));
  }
}
