import * as z from "zod/mini";
import { SESSION_SECONDS } from "../../channels/webchat/session";
import { createDocument, readDocument, updateDocument } from "../../twilio/sync";
import { claimOf } from "../claim-routing";
import type { Desk } from "../desk";

/** The start of one chat, as the Sync Document `webchat.<identity>` has it: its unique name makes it one. */
export interface Start {
  identity: string;
  startedAt: Date;
  /** Until when the call that has it in hand may live. */
  until: Date;
  /** Once WebChats has made it. */
  conversationSid?: string;
  revision: string;
  /** Whether the Document was made by this call. */
  first: boolean;
}

const stored = z.object({ startedAt: z.string(), until: z.string(), conversationSid: z.optional(z.string()) });

const nameOf = (identity: string) => `webchat.${identity}`;

/** Takes a start in hand that nobody has begun; undefined when somebody has. */
export async function claimStart(desk: Desk, identity: string): Promise<Start | undefined> {
  const startedAt = desk.now();
  const until = untilOf(desk);
  const data = { startedAt: startedAt.toISOString(), until: until.toISOString() };
  const made = await createDocument(desk.twilio, nameOf(identity), data, SESSION_SECONDS);
  return made && { identity, startedAt, until, revision: made.revision, first: true };
}

export async function readStart(desk: Desk, identity: string): Promise<Start | undefined> {
  const found = await readDocument(desk.twilio, nameOf(identity));
  const parsed = stored.safeParse(found?.data);
  if (!found || !parsed.success) return undefined;
  const { startedAt, until, conversationSid } = parsed.data;
  const start = { identity, startedAt: new Date(startedAt), until: new Date(until), revision: found.revision };
  return { ...start, first: false, ...(conversationSid ? { conversationSid } : {}) };
}

/** Takes a start in hand whose call has died; undefined when somebody else was faster. */
export function takeOverStart(desk: Desk, start: Start): Promise<Start | undefined> {
  return write(desk, { ...start, until: untilOf(desk) });
}

/** Writes down what WebChats made. The claim stays as it is: the first message is on its way. */
export function noteConversation(desk: Desk, start: Start, conversationSid: string): Promise<Start | undefined> {
  return write(desk, { ...start, conversationSid });
}

/** Lets go of a start that came to nothing, so that the page may try again at once. */
export async function releaseStart(desk: Desk, identity: string): Promise<void> {
  const start = await readStart(desk, identity);
  if (start) await write(desk, { ...start, until: desk.now() });
}

async function write(desk: Desk, start: Start): Promise<Start | undefined> {
  const { identity, startedAt, until, conversationSid, revision } = start;
  const data = { startedAt: startedAt.toISOString(), until: until.toISOString(), conversationSid };
  const written = await updateDocument(desk.twilio, nameOf(identity), data, revision, SESSION_SECONDS);
  return written && { ...start, revision: written.revision };
}

const untilOf = (desk: Desk) => claimOf(desk, "").until;
