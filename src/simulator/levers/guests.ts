import { type SentFile, takeFiles } from "../conversations/inbound-media";
import { beforeMessage } from "../conversations/pre-events";
import { readToEnd } from "../conversations/read-horizon";
import type { MessageRow, NewMessage } from "../conversations/rows";
import { participantsNamed } from "../conversations/store";
import { isCustomer } from "../interactions/customers";
import { ApiError } from "../server/api-error";
import type { World } from "../world";

/** A Message as a guest's page shows it. */
export interface GuestMessage {
  direction: "in" | "out";
  conversationSid: string;
  messageSid: string;
  author: string;
  body: string;
  media: { contentType: string; filename: string; size: number }[];
  at: Date;
}

/** What a guest of a web chat does on a page, as the Conversations SDK does it for them. */
export interface GuestLevers {
  /** All that stands in their Conversations, oldest first. */
  messages(): GuestMessage[];
  /** Writes into the newest of their Conversations. */
  send(sent: { body?: string; media?: readonly SentFile[] }): Promise<{ messageSid: string; conversationSid: string }>;
  /** Has looked at everything in it: the read horizon moves to the last Message. Answers how many were new. */
  read(): number;
}

/** Undefined for whoever is no chat member of any Conversation, or an agent. */
export function guestLevers(world: World, identity: string): GuestLevers | undefined {
  const { conversations } = world;
  const rows = participantsNamed(conversations.store, identity).filter(
    (row) => row.identity === identity && isCustomer(world, row),
  );
  const newest = rows.at(-1);
  if (!newest) return undefined;
  const open = rows.findLast(({ conversationSid }) => conversations.conversation(conversationSid).state !== "closed");
  return {
    messages: () =>
      rows.flatMap(({ conversationSid }) => conversations.messages(conversationSid).map((row) => shown(row, identity))),
    async send({ body = "", media = [] }) {
      const { conversationSid } = open ?? newest;
      const conversation = conversations.conversation(conversationSid);
      conversations.permit(conversationSid, identity, media.length > 0 ? "sendMediaMessage" : "sendMessage");
      world.log.add({ kind: "customer", name: "writes", conversationSid, data: { customer: identity, body } });
      const { serviceSid } = conversation;
      const mediaSids = takeFiles(world, serviceSid, identity, media);
      const words = body ? { body } : {};
      const given: NewMessage = { author: identity, ...words, mediaSids, source: "SDK", webhooks: true };
      const asked = beforeMessage(world, conversation, given);
      const { sid } = conversations.addMessage(conversationSid, { ...given, ...(asked && (await asked)) });
      return { messageSid: sid, conversationSid };
    },
    read: () => readToEnd(world, open ?? newest),
  };
}

function shown(row: MessageRow, identity: string): GuestMessage {
  const { conversationSid, sid: messageSid, author, body, media, createdAt: at } = row;
  return {
    direction: author === identity ? "out" : "in",
    ...{ conversationSid, messageSid, author, at },
    body: body ?? "",
    media: media.map(({ contentType, filename, size }) => ({ contentType, filename: filename ?? "", size })),
  };
}

/** The lever of somebody who has to be a guest. */
export function requireGuest(world: World, identity: string): GuestLevers {
  const guest = guestLevers(world, identity);
  if (!guest) throw new ApiError(404, 20404, `${identity} is a guest of no Conversation`);
  return guest;
}
