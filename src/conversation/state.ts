import * as z from "zod/mini";
import type { TwilioClient } from "../runtime/twilio-client";
import { createDocument, readDocument, type StoredDocument, updateDocument } from "../twilio/sync";

/**
 * The truth about one Conversation is one Sync Document, `conversation.<CH>`: its unique name and its `If-Match` update
 * are what Twilio makes atomic. Who has the customer:
 *   flow      an Execution, or a Flow that waits to be entered again
 *   routing   somebody holds the claim to create the Interaction, until `until`
 *   open      an agent's Task on a live channel
 *   parked    an agent put it aside            left     Flex itself left or paused it
 *   closing   the last Task is over            ended    the Conversation is closed
 */
const STATES = ["flow", "routing", "open", "parked", "left", "closing", "ended"] as const;

const documentSchema = z.object({
  state: z.enum(STATES),
  /** Who holds the routing claim: an Execution's SID, or an id of one call. */
  owner: z.optional(z.string()),
  /** ISO 8601; a claim is dead once this has passed. */
  until: z.optional(z.string()),
  flowSid: z.optional(z.string()),
  executionSid: z.optional(z.string()),
  interactionSid: z.optional(z.string()),
  channelSid: z.optional(z.string()),
  taskSid: z.optional(z.string()),
});

export type ConversationDocument = z.output<typeof documentSchema>;

/** A Document with what an update needs. */
export interface Versioned {
  document: ConversationDocument;
  revision: string;
}

/**
 * What somebody who wants to route may do, given the Document:
 * `claim` it, `settle` first whether a dead claim (or their own) made an Interaction, or leave it to whoever has it.
 */
export function mayRoute(
  document: ConversationDocument,
  owner: string,
  now: Date,
): "claim" | "settle" | "open" | "busy" {
  switch (document.state) {
    case "flow":
    case "ended":
      return "claim";
    case "routing":
      return isAlive(document, now) && document.owner !== owner ? "busy" : "settle";
    case "open":
    case "parked":
    case "left":
    case "closing":
      return "open";
  }
}

export function isAlive({ state, until }: ConversationDocument, now: Date): boolean {
  return state === "routing" && until !== undefined && now < new Date(until);
}

/** The Document with a routing claim on it. */
export function claimed(
  before: Partial<ConversationDocument>,
  claim: { owner: string; now: Date; seconds: number },
): ConversationDocument {
  const until = new Date(claim.now.getTime() + claim.seconds * 1000).toISOString();
  return { ...before, state: "routing", owner: claim.owner, until };
}

/** The Document once an Interaction exists. */
export function opened(
  before: Partial<ConversationDocument>,
  sids: { interactionSid: string; channelSid: string; taskSid: string },
): ConversationDocument {
  const { owner: _, until: __, ...rest } = before;
  return { ...rest, ...sids, state: "open" };
}

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

function parse(stored: StoredDocument | undefined): Versioned | undefined {
  if (!stored) return undefined;
  const parsed = documentSchema.safeParse(stored.data);
  // A Document nobody can read says nothing about who has the customer: a claim on it settles that by a Task query.
  const document = parsed.success ? parsed.data : { state: "routing" as const };
  return { document, revision: stored.revision };
}
