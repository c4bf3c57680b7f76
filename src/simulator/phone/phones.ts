/** What a customer's phone shows. */
export interface PhoneMessage {
  direction: "in" | "out";
  /** The customer's address. */
  customer: string;
  /** The account's sender. */
  sender: string;
  body: string;
  at: Date;
  conversationSid: string | null;
}

/** The customers' ends of SMS: what they send comes into Conversations, what is sent to them is kept and receipted. */
export interface Phones {
  /** A customer writes. Answers the SID of the Message and its Conversation once Twilio has taken it in. */
  send(message: { from: string; to: string; body: string }): { messageSid: string; conversationSid: string };
  /** Conversations hands over a Message for a customer. */
  receive(message: { conversationSid: string; customer: string; sender: string; body: string }): void;
  /** All that went in and out of one phone, oldest first. */
  messages(customer: string): readonly PhoneMessage[];
  readonly all: readonly PhoneMessage[];
}
