import { TwilioUnclear } from "../runtime/errors";
import type { TwilioClient } from "../runtime/twilio-client";
import { createDocument, readDocument, type StoredDocument, updateDocument } from "../twilio/sync";
import { blank, type ConversationDocument, documentSchema, next, type StateEvent } from "./state";

/** A Document with what an update needs. */
export interface Versioned {
  document: ConversationDocument;
  revision: string;
  /** When it was written. */
  writtenAt?: Date;
}

/** How often a change is tried when others write at the same time. */
const TRIES = 6;

const nameOf = (conversationSid: string) => `conversation.${conversationSid}`;

export async function readState(twilio: TwilioClient, conversationSid: string): Promise<Versioned | undefined> {
  return parse(await readDocument(twilio, nameOf(conversationSid)));
}

/** Creating the Document is the first claim: undefined when it exists already. */
export async function createState(
  twilio: TwilioClient,
  conversationSid: string,
  document: ConversationDocument,
): Promise<Versioned | undefined> {
  return parse(await createDocument(twilio, nameOf(conversationSid), document));
}

/** Writes over what was read; undefined when somebody else wrote in between. */
export async function writeState(
  twilio: TwilioClient,
  conversationSid: string,
  document: ConversationDocument,
  revision: string,
): Promise<Versioned | undefined> {
  return parse(await updateDocument(twilio, nameOf(conversationSid), document, revision));
}

/**
 * Lets an event happen to a Conversation: reads, applies, writes, and again when somebody else wrote in between.
 * `known` saves the first read. Undefined when there is no Document or the event does not apply; nothing is written then.
 */
export async function happen(
  twilio: TwilioClient,
  conversationSid: string,
  event: (document: ConversationDocument) => StateEvent | undefined,
  known?: Versioned,
): Promise<Versioned | undefined> {
  let found = known;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    found ??= await readState(twilio, conversationSid);
    if (!found) return undefined;
    const happens = event(found.document);
    const changed = happens && next(found.document, happens);
    if (!changed) return undefined;
    const written = await writeState(twilio, conversationSid, changed, found.revision);
    if (written) return written;
    found = undefined;
  }
  throw new TwilioUnclear(new Error("The state of a Conversation changed at every try"));
}

function parse(stored: StoredDocument | undefined): Versioned | undefined {
  if (!stored) return undefined;
  const parsed = documentSchema.safeParse(stored.data);
  // A Document nobody can read says nothing about who has the customer: a dead claim, settled by a Task query.
  const { revision, dateUpdated: writtenAt } = stored;
  return { document: parsed.success ? parsed.data : blank("routing"), revision, writtenAt };
}
