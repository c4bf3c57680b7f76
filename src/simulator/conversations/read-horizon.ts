import type { World } from "../world";
import type { MessageRow, ParticipantRow } from "./rows";

/** Somebody has looked at everything, as a client SDK says for them. Answers how many Messages were new to them. */
export function readToEnd({ conversations, clock }: World, participant: ParticipantRow): number {
  const last = conversations.messages(participant.conversationSid).at(-1)?.index ?? -1;
  const before = participant.lastReadMessageIndex ?? -1;
  if (last <= before) return 0;
  const now = clock.now();
  Object.assign(participant, { lastReadMessageIndex: last, lastReadTimestamp: now, updatedAt: now });
  return last - before;
}

/** Who else has read a Message: chat members by their horizon, phones by their receipt. */
export function readersOf({ conversations }: World, message: MessageRow): string[] {
  const { conversationSid, index, author, receipts } = message;
  return conversations.participants(conversationSid).flatMap((participant) => {
    const { sid, identity, binding, lastReadMessageIndex } = participant;
    const name = identity ?? binding?.address;
    const receipt = receipts.find(({ participantSid }) => participantSid === sid);
    const isRead = (lastReadMessageIndex ?? -1) >= index || receipt?.status === "read";
    return name && name !== author && isRead ? [name] : [];
  });
}
