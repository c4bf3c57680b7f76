import { type CustomChannel, conversationName } from "../../channels/custom-identity";
import { refusalOf } from "../../runtime/twilio-client";
import { createConversation, fetchConversation } from "../../twilio/conversations";
import type { Desk } from "../desk";
import { timersFor } from "../route-to-flex";
import { type Contact, type Pointer, pointTo, readPointer } from "./contact-pointer";
import { flowOf } from "./flow-binding";
import { complete, furnish } from "./furnish";

/** Who writes, as their platform tells. */
export interface CustomCustomer {
  identity: string;
  channel: CustomChannel;
  name?: string;
  language?: string;
}

/** A Conversation with all its hooks: whoever has one may post. */
export interface Opened {
  contact: Contact;
  /** Made by this call, so that nothing has been said in it. */
  isFresh: boolean;
  /** Points at it; another call has done so already where there is nothing to do. */
  point?(): Promise<void>;
}

/** Why it is opened. */
export interface Occasion {
  /** Which of the customer's it is, if nobody has made that one before. */
  n: number;
  /** The pointer as it was read. */
  pointer?: Pointer | undefined;
  /** The closed Conversation it goes on from: then agents meet the customer, and no Flow. */
  previousConversationSid?: string;
  /** An agent writes first: so do they, then. */
  byAgent?: boolean;
}

const REREAD_MS = 500;
const WAIT_MS = 3_000;
/** Kept back to complete it, to post, and for the reply. */
const SPARE_MS = 3_000;
/** Longer than a Function lives: whoever made it is not at it any more. */
const MAKER_MS = 10_000;

/**
 * The customer's next Conversation, whose unique name is the claim: of any number of calls one makes it. The others wait
 * until the pointer says that it is complete, and complete it themselves when nobody does. A closed one may keep its name:
 * then the number after it is tried, further on each time, so that no long history is walked through.
 */
export async function openConversation(desk: Desk, customer: CustomCustomer, occasion: Occasion): Promise<Opened> {
  const attributes = attributesOf(customer, occasion);
  const binding = isForAgents(attributes) ? undefined : flowOf(desk, customer.channel);
  binding?.catch(() => undefined);
  let { n, pointer } = occasion;
  for (let stride = 1; ; stride *= 2) {
    desk.deadline.check();
    const created = await create(desk, customer, n, attributes);
    if (created) {
      const contact = { conversationSid: created.sid, n, serviceSid: created.chatServiceSid, isClosed: false };
      await furnish(desk, { ...contact, identity: customer.identity, flowSid: await binding });
      return { contact, isFresh: true, point: () => pointTo(desk, customer.identity, contact, pointer) };
    }
    const found = await findNamed(desk, customer, n);
    // Its name was set free in this moment.
    if (!found) continue;
    if (found.pointer) pointer = found.pointer;
    if (found.opened) return found.opened;
    n = Math.max(n + stride, (pointer?.contact.n ?? 0) + 1);
  }
}

function create(desk: Desk, { identity, name }: CustomCustomer, n: number, attributes: Record<string, string>) {
  const uniqueName = conversationName(identity, n);
  return createConversation(desk.twilio, {
    ...{ uniqueName, friendlyName: name || identity },
    ...{ attributes, timers: timersFor() },
  });
}

function attributesOf({ channel, language }: CustomCustomer, { previousConversationSid, byAgent }: Occasion) {
  return {
    channel,
    ...(language ? { language } : {}),
    ...(previousConversationSid ? { previousConversationSid } : {}),
    ...(byAgent ? { startedBy: "agent" } : {}),
  };
}

/** Whoever completes what another call has begun has to see it, too. */
const isForAgents = ({ previousConversationSid, startedBy }: Record<string, unknown>) =>
  previousConversationSid !== undefined || startedBy === "agent";

interface Found {
  /** Undefined where what was made is closed. */
  opened?: Opened;
  pointer: Pointer | undefined;
}

/** What another call has made under the name; undefined when there is nothing of that name any more. */
async function findNamed(desk: Desk, customer: CustomCustomer, n: number): Promise<Found | undefined> {
  const { identity, channel } = customer;
  const [named, first] = await Promise.all([
    fetchNamed(desk, conversationName(identity, n)),
    readPointer(desk, identity),
  ]);
  const isLive = ({ contact }: Pointer) => contact.n >= n && !contact.isClosed;
  const isYoung = named && desk.now().getTime() - named.createdAt.getTime() < MAKER_MS;
  const mayCome = named?.state !== "closed" && isYoung;
  const pointer = first && isLive(first) ? first : mayCome ? await awaitPointer(desk, identity, isLive) : first;
  if (pointer && isLive(pointer)) return { opened: { contact: pointer.contact, isFresh: false }, pointer };
  if (!named) return undefined;
  if (named.state === "closed") return { pointer };
  const { sid: conversationSid, chatServiceSid: serviceSid, attributes } = named;
  const flowSid = isForAgents(attributes) ? undefined : await flowOf(desk, channel);
  await complete(desk, { conversationSid, identity, flowSid });
  const contact = { conversationSid, n, serviceSid, isClosed: false };
  return { opened: { contact, isFresh: false, point: () => pointTo(desk, identity, contact, pointer) }, pointer };
}

async function fetchNamed(desk: Desk, uniqueName: string) {
  try {
    return await fetchConversation(desk.twilio, uniqueName);
  } catch (error) {
    if (refusalOf(error)?.status === 404) return undefined;
    throw error;
  }
}

/** The pointer once it is as wanted, or as it is when the time is up. */
async function awaitPointer(desk: Desk, identity: string, isWanted: (pointer: Pointer) => boolean) {
  for (let waited = REREAD_MS; ; waited += REREAD_MS) {
    await new Promise((resolve) => setTimeout(resolve, REREAD_MS));
    const pointer = await readPointer(desk, identity);
    const isOver = waited >= WAIT_MS || desk.deadline.remainingMs() < SPARE_MS;
    if (isOver || (pointer && isWanted(pointer))) return pointer;
  }
}
