import type { SentFile } from "../conversations/inbound-media";
import type { MessageRow } from "../conversations/rows";
import { participantsNamed } from "../conversations/store";
import type { PhoneMessage } from "../phone/phones";
import type { PlatformCustomer } from "../platforms/platform";
import type { World } from "../world";
import { type GuestMessage, guestLevers } from "./guests";

/** What any customer can do, whatever their channel. */
export interface CustomerEnd {
  /** Writes, with text, files, or both. Answers what became of it, empty where it is in no Conversation. */
  send(sent: { body?: string; to?: string; media?: readonly SentFile[] }): Promise<Taken>;
  /** Looks at all they received; answers how much was new. */
  read(): number;
  messages(): (PhoneMessage | GuestMessage)[];
}

interface Taken {
  messageSid: string;
  conversationSid: string;
}

export function customerEnd(world: World, customer: string): CustomerEnd {
  const onPlatform = world.platforms.customer(customer);
  const messages = () => world.phones.messages(customer);
  if (onPlatform) {
    const send: CustomerEnd["send"] = (sent) => sendOnPlatform(world, customer, onPlatform, sent);
    return { send, read: onPlatform.read, messages };
  }
  const guest = guestLevers(world, customer);
  if (guest) return guest;
  return {
    send: (sent) => world.phones.send({ from: customer, ...sent }),
    read: () => world.conversations.receipts.read(customer),
    messages,
  };
}

/** A platform knows nothing of Conversations: what came of it shows once all has come to rest. */
async function sendOnPlatform(
  world: World,
  customer: string,
  end: PlatformCustomer,
  { body, media }: { body?: string; media?: readonly SentFile[] },
): Promise<Taken> {
  const before = newestOf(world, customer);
  end.send({ body, media });
  await world.work.settled();
  const taken = newestOf(world, customer);
  if (!taken || taken.sid === before?.sid) return { messageSid: "", conversationSid: "" };
  return { messageSid: taken.sid, conversationSid: taken.conversationSid };
}

/** The newest Message by somebody. */
function newestOf({ conversations }: World, identity: string): MessageRow | undefined {
  const all = participantsNamed(conversations.store, identity).flatMap(({ conversationSid }) =>
    conversations.messages(conversationSid).filter(({ author }) => author === identity),
  );
  return all.reduce<MessageRow | undefined>(
    (newest, row) => (newest && newest.createdAt > row.createdAt ? newest : row),
    undefined,
  );
}
