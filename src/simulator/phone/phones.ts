import { bindingType } from "../conversations/participants";
import { type InboundMessage, nobodyHears } from "../conversations/receive-inbound";
import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { createOutcomes, type Outcome, type Outcomes } from "./outcomes";

/** What a customer's phone shows. */
export interface PhoneMessage {
  direction: "in" | "out";
  /** The customer's address. */
  customer: string;
  /** The account's sender. */
  sender: string;
  body: string;
  media?: PhoneMedia[];
  at: Date;
  /** Empty for what no Conversation saw, and on platforms that know of none. */
  conversationSid: string;
  /** The platform's, of a message that Twilio did not carry. */
  platformId?: string;
  /** How Telegram shows parts of the text: https://core.telegram.org/bots/api#messageentity */
  entities?: readonly TextEntity[];
}

export interface TextEntity {
  type: string;
  /** In UTF-16 code units. */
  offset: number;
  length: number;
  url?: string;
  language?: string;
}

/** A message on a screen, whoever carried it. */
type Shown = Omit<PhoneMessage, "direction" | "at" | "conversationSid"> & { conversationSid?: string };

export interface PhoneMedia {
  contentType: string;
  filename: string;
  /** In bytes, where it is known. */
  size?: number;
  /** Under which its bytes can be read, where Twilio has them. */
  sha256?: string;
  /** Where it lies, when it was sent by its address. */
  url?: string;
}

/** A message with text, files, or both; to the account's first sender of the customer's channel unless told otherwise. */
export type SentMessage = Omit<InboundMessage, "body" | "to"> & Partial<Pick<InboundMessage, "body" | "to">>;

/** The customers' ends of SMS: what they send comes into Conversations, what is sent to them is kept. */
export interface Phones extends Outcomes {
  /**
   * A customer writes. Answers the Message's SID and its Conversation once Twilio has taken it in; where no Conversation
   * is concerned, the SID of Programmable Messaging and no Conversation.
   */
  send(message: SentMessage): Promise<{ messageSid: string; conversationSid: string }>;
  /** What a customer wrote is on the screen. */
  wrote(message: Shown): PhoneMessage;
  /** Twilio, or a platform, hands over a message for a customer; from Conversations, when it names one. */
  receive(message: Shown): void;
  /** All that went out of and came to one phone, oldest first. */
  messages(customer: string): PhoneMessage[];
  readonly all: readonly PhoneMessage[];
}

export function createPhones(world: World): Phones {
  const all = world.memory.keep<PhoneMessage[]>("phones", []);

  /** Conversations does not replace a number's own webhook: https://www.twilio.com/docs/conversations/inbound-autocreation */
  function concernsConversations(message: InboundMessage): boolean {
    const { conversations, messaging, switches } = world;
    const taken = conversations.takes(message);
    const keyword = messaging.isKeyword(message);
    if (!taken && !keyword && !messaging.hears(message.to)) throw nobodyHears(message.to);
    return taken && (!keyword || switches.optOutKeywordsReachConversations);
  }

  function senderFor(customer: string): string {
    const sender = world.account.senders.find((one) => bindingType(one) === bindingType(customer));
    if (!sender) throw new ApiError(404, 21606, `The account has no sender that ${customer} could write to`);
    return sender;
  }

  function wrote(message: Shown): PhoneMessage {
    const { customer, sender, body } = message;
    world.log.add({ kind: "customer", name: "writes", data: { customer, sender, body } });
    const shown: PhoneMessage = { conversationSid: "", ...message, direction: "out", at: world.clock.now() };
    all.push(shown);
    return shown;
  }

  return {
    ...createOutcomes(world.memory.keep("phone outcomes", new Map<string, Outcome>())),
    all,
    async send(given) {
      const sent = { ...given, to: given.to ?? senderFor(given.from), body: given.body ?? "" };
      const { from: customer, to: sender, body } = sent;
      const media = sent.media?.map(({ contentType, filename = "", content }) => ({
        contentType,
        filename,
        ...world.media.files.keep(content),
      }));
      const intoConversations = concernsConversations(sent);
      const shown = wrote({ customer, sender, body, ...(media ? { media } : {}) });
      const { sid } = world.messaging.receive({ from: customer, to: sender, body, ...(media ? { media } : {}) });
      if (!intoConversations) return { messageSid: sid, conversationSid: "" };
      const message = await world.conversations.receive(sent);
      shown.conversationSid = message.conversationSid;
      return { messageSid: message.sid, conversationSid: message.conversationSid };
    },
    wrote,
    receive(message) {
      const { conversationSid = "", customer, sender, body } = message;
      all.push({ ...message, conversationSid, direction: "in", at: world.clock.now() });
      world.log.add({
        kind: "customer",
        name: "receives",
        ...(conversationSid ? { conversationSid } : {}),
        data: { customer, sender, body },
      });
    },
    messages: (customer) => all.filter((message) => message.customer === customer),
  };
}
