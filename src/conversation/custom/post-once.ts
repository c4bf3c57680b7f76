import { TwilioRefusal, TwilioUnclear } from "../../runtime/errors";
import { refusalOf, twilioError } from "../../runtime/twilio-client";
import { isClosedRefusal } from "../../twilio/conversations";
import { type NewMessage, postMessage } from "../../twilio/messages";
import { attempt, type Desk } from "../desk";
import { type Contact, type Pointer, readPointer, recallContact } from "./contact-pointer";
import { flowOf } from "./flow-binding";
import { newestIn } from "./newest-in";
import { type CustomCustomer, openConversation } from "./open-conversation";

/** What a customer wrote, on its way into their Conversation. */
export interface Words {
  /** Which message of the platform's it is: it stands in the Message's attributes, and there once. */
  platformId: string;
  /** By the platform's clock. */
  at: Date;
  /** What the Message says; files are kept in the service of the Conversation it goes to. */
  say(serviceSid: string): Promise<NewMessage>;
  /** Twilio refused it: leaves first the file, then the words; whether anything was left to be said. */
  leave(): boolean;
}

export interface PostedOnce {
  /** `known`: it was there already; `refused`: Twilio never takes such a Message. */
  outcome: "posted" | "known" | "refused";
  conversationSid: string;
}

/** Where the customer is, as far as this call knows. */
interface Place {
  contact?: Contact | undefined;
  pointer?: Pointer | undefined;
  /** From Sync and not from memory. */
  isRead: boolean;
  /** Nothing can have been said in it. */
  isFresh: boolean;
  /** Points at it, while nobody else has. */
  point?: (() => Promise<void>) | undefined;
}

/** Platforms deliver again after longer than this. */
const FRESH_MS = 2_000;
const MOST_STEPS = 10;

/**
 * Posts into the customer's live Conversation, wherever that is, or into their next one. What is too old to be delivered
 * for the first time, and what a call that failed may have posted, is looked for before.
 */
export async function postOnce(desk: Desk, customer: CustomCustomer, words: Words): Promise<PostedOnce> {
  let isUnclear = false;
  let place = await lookUp(desk, customer);
  for (let step = 1; step <= MOST_STEPS; step += 1) {
    const { contact, isFresh, point } = place;
    // Asked anew at each step: on the way to a Conversation that another call has begun, time passes.
    const isDoubtful = isUnclear || desk.now().getTime() - words.at.getTime() >= FRESH_MS;
    if (contact && isDoubtful && !isFresh && (await isThere(desk, contact, words.platformId))) {
      await point?.();
      return { outcome: "known", conversationSid: contact.conversationSid };
    }
    if (!contact || contact.isClosed) {
      place = await openNext(desk, customer, place);
      continue;
    }
    const { conversationSid } = contact;
    const pointed = point && attempt(desk, "pointing", conversationSid, point());
    const posted = await post(desk, contact, words).finally(() => pointed);
    if (posted === "posted" || posted === "refused") return { outcome: posted, conversationSid };
    if (posted === "closed") place = await lookAgain(desk, customer, place, contact);
    else {
      isUnclear = true;
      place = { ...place, isFresh: false };
    }
  }
  throw new TwilioUnclear(new Error("A Message found no Conversation that takes it"));
}

async function lookUp(desk: Desk, { identity, channel }: CustomCustomer): Promise<Place> {
  const contact = recallContact(desk, identity);
  if (contact) return { contact, isRead: false, isFresh: false };
  // Where there is no Conversation the Flow is needed next; where there is one, its failure is of no interest.
  const [pointer] = await Promise.all([readPointer(desk, identity), flowOf(desk, channel).catch(() => undefined)]);
  return { contact: pointer?.contact, pointer, isRead: true, isFresh: false };
}

/** A closed Conversation refused the Message: the customer has another one by now, or is to have their next. */
async function lookAgain(desk: Desk, { identity }: CustomCustomer, place: Place, closed: Contact): Promise<Place> {
  const pointer = place.isRead ? place.pointer : await readPointer(desk, identity);
  const isElsewhere = pointer && pointer.contact.n > closed.n;
  return {
    contact: isElsewhere ? pointer.contact : { ...closed, isClosed: true },
    pointer,
    isRead: true,
    isFresh: false,
  };
}

/** The pointer has the last word on which is next: what this process remembers may be older. */
async function openNext(desk: Desk, customer: CustomCustomer, { contact, isRead, pointer }: Place): Promise<Place> {
  const known = isRead ? pointer : await readPointer(desk, customer.identity);
  const { n = 0 } = known?.contact ?? {};
  if (known && n > (contact?.n ?? 0)) return { contact: known.contact, pointer: known, isRead: true, isFresh: false };
  const opened = await openConversation(desk, customer, { n: n + 1, pointer: known });
  return { ...opened, pointer: known, isRead: true };
}

async function isThere(desk: Desk, { conversationSid }: Contact, platformId: string): Promise<boolean> {
  const messages = await newestIn(desk, conversationSid);
  return messages.some(({ attributes }) => attributes.platformId === platformId);
}

/** A Conversation that is gone counts as one that is closed. */
async function post(desk: Desk, { conversationSid, serviceSid }: Contact, words: Words) {
  const message = await words.say(serviceSid);
  try {
    await postMessage(desk.twilio, conversationSid, message);
    return "posted";
  } catch (cause) {
    if (isClosedRefusal(cause) || refusalOf(cause)?.status === 404) return "closed";
    const error = twilioError(cause);
    if (error instanceof TwilioUnclear && desk.deadline.remainingMs() > 0) return "unclear";
    if (!isRefusedForGood(error)) throw error;
    desk.log.error("message_refused", { conversationSid, twilioCode: error.twilioCode });
    return words.leave() ? "unclear" : "refused";
  }
}

/** What Twilio will refuse however often it is asked; the others pass, or an administrator mends them. */
export const isRefusedForGood = (error: unknown): error is TwilioRefusal =>
  error instanceof TwilioRefusal && [400, 413, 422].includes(error.twilioStatus);
