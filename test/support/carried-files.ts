import type { World } from "../../src/simulator/world";

/** Bytes of every value, which no text survives. */
export const everyByte = (length: number, step = 7): Buffer =>
  Buffer.from(Array.from({ length }, (_, i) => (i * step) % 256));

/** What a Conversation shows, oldest first: words as they are, files with their bytes. */
export function filesIn({ conversations, media }: World, conversationSid = "") {
  return conversations.messages(conversationSid).flatMap(({ body, media: shown }) => [
    ...(body ? [body] : []),
    ...shown.map(({ sid, contentType, filename }) => {
      const row = media.find(sid);
      return { contentType, filename, content: row ? media.content(row) : undefined };
    }),
  ]);
}
