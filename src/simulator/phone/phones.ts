import type { World } from "../world";

/** What a customer's phone shows. */
export interface PhoneMessage {
  direction: "in" | "out";
  /** The customer's address. */
  customer: string;
  /** The account's sender. */
  sender: string;
  body: string;
  at: Date;
  conversationSid: string;
}

/** The customers' ends of SMS: what they send comes into Conversations, what is sent to them is kept. */
export interface Phones {
  /** A customer writes. Answers the Message's SID and its Conversation once Twilio has taken it in. */
  send(message: { from: string; to: string; body: string }): {
    messageSid: string;
    conversationSid: string;
  };
  /** Conversations hands over a Message for a customer. */
  receive(message: { conversationSid: string; customer: string; sender: string; body: string }): void;
  /** All that went out of and came to one phone, oldest first. */
  messages(customer: string): PhoneMessage[];
  readonly all: readonly PhoneMessage[];
}

export function createPhones(world: World): Phones {
  const all: PhoneMessage[] = [];
  return {
    all,
    send({ from, to, body }) {
      world.log.add({
        kind: "customer",
        name: "writes",
        data: { customer: from, sender: to, body },
      });
      const message = world.conversations.receive({ from, to, body });
      const { sid: messageSid, conversationSid } = message;
      all.push({
        direction: "out",
        customer: from,
        sender: to,
        body,
        at: message.createdAt,
        conversationSid,
      });
      return { messageSid, conversationSid };
    },
    receive({ conversationSid, customer, sender, body }) {
      all.push({
        direction: "in",
        customer,
        sender,
        body,
        at: world.clock.now(),
        conversationSid,
      });
      world.log.add({
        kind: "customer",
        name: "receives",
        conversationSid,
        data: { customer, sender, body },
      });
    },
    messages: (customer) => all.filter((message) => message.customer === customer),
  };
}
