import { bindingType } from "../conversations/participants";
import type { World } from "../world";
import type { MessagingStore } from "./store";

/**
 * Twilio's default words, each only as a whole message, in any case: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
 * and, for the last two, https://www.twilio.com/en-us/blog/update-to-fcc-s-sms-opt-out-keywords
 */
const STOP = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"];
const START = ["START", "YES", "UNSTOP"];
const HELP = ["HELP", "INFO"];

/** In the manner of Twilio's own answers, not in their words. */
const ANSWERS = {
  stop: "You are unsubscribed and get no more messages from this number. Reply START to resubscribe.",
  start: "You are subscribed to messages from this number again. Reply HELP for help, STOP to unsubscribe.",
  help: "Reply STOP to unsubscribe. Message and data rates may apply.",
};

type Keyword = keyof typeof ANSWERS;

/** The words by which customers end, resume and ask about messages: Twilio heeds and answers them by itself. */
export interface OptOuts {
  /** Whether Twilio acts on this message by itself. Only SMS has such words; for other channels it is unverified. */
  isKeyword(message: { from: string; body: string }): boolean;
  heed(message: { from: string; to: string; body: string }): void;
  has(customer: string, sender: string): boolean;
}

export function createOptOuts(world: World, store: MessagingStore): OptOuts {
  const keywordIn = ({ from, body }: { from: string; body: string }) =>
    bindingType(from) === "sms" ? keywordOf(body) : undefined;
  /** A number speaks for its whole Messaging Service: https://www.twilio.com/docs/api/errors/21610 */
  const sidesOf = (sender: string) => {
    const pool = world.senders.numberAt(sender)?.pool;
    return pool ? [sender, pool.serviceSid] : [sender];
  };
  const optOuts: OptOuts = {
    isKeyword: (message) => keywordIn(message) !== undefined,
    has: (customer, sender) => {
      const sides = sidesOf(sender);
      return store.optOuts.some((row) => row.customer === customer && sides.includes(row.from));
    },
    heed(message) {
      const keyword = keywordIn(message);
      if (!keyword) return;
      const { from: customer, to: sender } = message;
      const was = optOuts.has(customer, sender);
      const sides = sidesOf(sender);
      if (keyword === "stop" && !was) store.optOuts.push(...sides.map((from) => ({ customer, from })));
      if (keyword === "start") {
        store.optOuts = store.optOuts.filter((row) => row.customer !== customer || !sides.includes(row.from));
      }
      // That who opted out gets no answer but to START, and who did not none to START, is unverified.
      if (was === (keyword === "start")) world.phones.receive({ customer, sender, body: ANSWERS[keyword] });
    },
  };
  return optOuts;
}

function keywordOf(body: string): Keyword | undefined {
  const word = body.trim().toUpperCase();
  if (STOP.includes(word)) return "stop";
  if (START.includes(word)) return "start";
  return HELP.includes(word) ? "help" : undefined;
}
