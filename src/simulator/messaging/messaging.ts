import { bindingType } from "../conversations/participants";
import type { World } from "../world";
import { createMessage, type NewMessage } from "./create-message";
import { createOptOuts } from "./opt-outs";
import { type InboundMessage, listenerOf, receiveMessage } from "./receive-message";
import type { MessageRow } from "./rows";
import { createStore, type MessagingStore } from "./store";

/** What other products ask of Programmable Messaging. Refusals throw ApiError with Twilio's codes. */
export interface Messaging {
  readonly store: MessagingStore;
  /** Sends a Message by itself, outside of any Conversation. */
  create(message: NewMessage): MessageRow;
  /** A message from a customer's phone, whether or not Conversations takes it in too. */
  receive(message: InboundMessage): MessageRow;
  /** Whether a webhook of the sender's own hears what comes to it. */
  hears(sender: string): boolean;
  /** Whether Twilio acts on this message by itself: a word that ends, resumes or asks about messages. */
  isKeyword(message: { from: string; body: string }): boolean;
  /** Whether this customer wants no more messages from this sender. */
  optedOut(customer: string, sender: string): boolean;
  /** Whether the customer wrote to this sender within the last 24 hours, so that it may write freely. */
  inWindow(customer: string, sender: string): boolean;
  /**
   * Whether a message may go out now: what 63016 is about. WhatsApp takes approved templates at any time. That what the
   * customer wrote to another Conversation counts too is unverified.
   */
  mayWrite(message: { customer: string; sender: string; approved: boolean }): boolean;
}

/** https://www.twilio.com/docs/whatsapp/key-concepts#the-24-hour-customer-service-window */
const WINDOW_MS = 24 * 60 * 60 * 1000;

export function createMessaging(world: World): Messaging {
  const store = world.memory.keep("messaging", createStore());
  const optOuts = createOptOuts(world, store);
  const messaging: Messaging = {
    store,
    create: (message) => createMessage(world, messaging, message),
    receive: (message) => {
      const row = receiveMessage(world, store, message);
      optOuts.heed(message);
      return row;
    },
    hears: (sender) => listenerOf(world, store, sender) !== undefined,
    isKeyword: optOuts.isKeyword,
    optedOut: optOuts.has,
    inWindow: (customer, sender) =>
      [...store.messages.values()].some(
        ({ direction, from, to, createdAt }) =>
          direction === "inbound" &&
          from === customer &&
          to === sender &&
          createdAt.getTime() > world.clock.ms() - WINDOW_MS,
      ),
    mayWrite({ customer, sender, approved }) {
      const channel = bindingType(customer);
      if (channel === "sms" || messaging.inWindow(customer, sender)) return true;
      return channel === "whatsapp" ? approved : world.switches.messengerOutsideWindow === "tagged";
    },
  };
  return messaging;
}
