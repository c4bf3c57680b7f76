import * as z from "zod/mini";
import { customerOf } from "../../channels/custom-identity";
import { remember } from "../../runtime/remember";
import { createDocument, readDocument, updateDocument } from "../../twilio/sync";
import type { Desk } from "../desk";
import { addressOf, findCustomer } from "../find-customer";

/** A customer's last Conversation, of which there is one that lives at most. */
export interface Contact {
  conversationSid: string;
  /** Which of theirs it is. */
  n: number;
  /** The service it is in (`IS`), where its files are kept. */
  serviceSid: string;
  isClosed: boolean;
}

/** As the Sync Document `contact.<identity>` has it. It is written once the Conversation has all its hooks: whoever reads it may post. */
export interface Pointer {
  contact: Contact;
  revision: string;
}

const schema = z.object({
  conversation: z.string(),
  n: z.number(),
  service: z.string(),
  closed: z._default(z.boolean(), false),
});

/** Nobody can read what stands there: the customer begins anew, over it. */
const UNREADABLE: Contact = { conversationSid: "", n: 0, serviceSid: "", isClosed: true };

const TRIES = 4;

const nameOf = (identity: string) => `contact.${identity}`;

/** By identity. What it says may have changed meanwhile; a refused post tells. */
const remembered = remember<Contact>({ most: 2_000, forMs: 600_000 });

export const recallContact = (desk: Desk, identity: string) => remembered.recall(identity, desk.now());
export const rememberContact = (desk: Desk, identity: string, contact: Contact) =>
  remembered.keep(identity, contact, desk.now());

export async function readPointer(desk: Desk, identity: string): Promise<Pointer | undefined> {
  const found = await readDocument(desk.twilio, nameOf(identity));
  if (!found) return undefined;
  const parsed = schema.safeParse(found.data);
  if (!parsed.success) return { contact: UNREADABLE, revision: found.revision };
  const { conversation: conversationSid, n, service: serviceSid, closed: isClosed } = parsed.data;
  const contact = { conversationSid, n, serviceSid, isClosed };
  rememberContact(desk, identity, contact);
  return { contact, revision: found.revision };
}

/** Points at a Conversation, unless the pointer has come further already. */
export async function pointTo(desk: Desk, identity: string, contact: Contact, known?: Pointer): Promise<void> {
  rememberContact(desk, identity, contact);
  let found = known;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    if (await write(desk, identity, contact, found)) return;
    found = await readPointer(desk, identity);
    const { n = 0, conversationSid } = found?.contact ?? {};
    if (n > contact.n || conversationSid === contact.conversationSid) return;
  }
}

/**
 * A Conversation is closed: notes so where it was that of a customer on a channel of ours, unless they have another one by
 * now. Whose it was its members say, since a closed one may have lost its name.
 */
export async function noteEnd(desk: Desk, conversationSid: string): Promise<void> {
  const customer = await findCustomer(desk.twilio, conversationSid);
  const identity = customer && addressOf(customer);
  if (!identity || !customerOf(identity)) return;
  const found = await readPointer(desk, identity);
  if (found?.contact.conversationSid !== conversationSid || found.contact.isClosed) return;
  const closed = { ...found.contact, isClosed: true };
  if (await write(desk, identity, closed, found)) rememberContact(desk, identity, closed);
}

async function write(desk: Desk, identity: string, contact: Contact, known: Pointer | undefined): Promise<boolean> {
  const { conversationSid: conversation, n, serviceSid: service, isClosed } = contact;
  const data = { conversation, n, service, ...(isClosed ? { closed: true } : {}) };
  const written = known
    ? await updateDocument(desk.twilio, nameOf(identity), data, known.revision)
    : await createDocument(desk.twilio, nameOf(identity), data);
  return written !== undefined;
}
