import type { TwilioClient } from "../runtime/twilio-client";

/** How far each chat member of a Conversation has read, by identity: the index of a Message, -1 for none. */
export async function readHorizons(
  twilio: TwilioClient,
  conversationSid: string,
): Promise<{ identity: string; index: number }[]> {
  const rows = await twilio.conversations.v1
    .conversations(conversationSid)
    .participants.list({ limit: 50, pageSize: 50 });
  return rows.flatMap(({ identity, lastReadMessageIndex }) =>
    identity ? [{ identity, index: lastReadMessageIndex ?? -1 }] : [],
  );
}
