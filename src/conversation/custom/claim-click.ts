import * as z from "zod/mini";
import { createDocument, readDocument, updateDocument } from "../../twilio/sync";
import { claimOf } from "../claim-routing";
import type { Desk } from "../desk";

/** An agent's click to write to a customer whose Conversation bears the customer's own name: so a Document is its claim. */
export interface Click {
  /** Name of the Document. */
  name: string;
  revision: string;
  /** Where the message goes, or went. */
  conversationSid?: string | undefined;
  /** Whether that Conversation began for it. */
  started?: boolean | undefined;
}

const schema = z.object({
  /** ISO 8601: no call is at it any longer than that. */
  until: z.string(),
  conversation: z.optional(z.string()),
  started: z.optional(z.boolean()),
});

const DAY_SECONDS = 86_400;

/** Takes a click in hand: `mine`, or as another call has it that is at it, or was. */
export async function claimClick(desk: Desk, name: string): Promise<{ click: Click; isMine: boolean } | undefined> {
  const mine = { until: claimOf(desk, name).until.toISOString() };
  const made = await createDocument(desk.twilio, name, mine, DAY_SECONDS);
  if (made) return { click: { name, revision: made.revision }, isMine: true };
  const found = await readDocument(desk.twilio, name);
  if (!found) return undefined;
  const { until = "", conversation: conversationSid, started } = schema.safeParse(found.data).data ?? {};
  const click = { name, revision: found.revision, conversationSid, started };
  if (desk.now() < new Date(until)) return { click, isMine: false };
  const taken = await write(desk, click, mine.until);
  return { click: taken ?? click, isMine: taken !== undefined };
}

/** Before anything is said, so that whoever repeats the click finds it. */
export async function noteWhere(desk: Desk, click: Click, where: Pick<Click, "conversationSid" | "started">) {
  const noted = await write(desk, { ...click, ...where }, claimOf(desk, click.name).until.toISOString());
  if (!noted) throw new Error("A click was taken out of the hand that had it");
  return noted;
}

/** Nothing came of it: the next try need not wait. */
export async function releaseClick(desk: Desk, click: Click): Promise<void> {
  await write(desk, click, desk.now().toISOString());
}

async function write(desk: Desk, click: Click, until: string): Promise<Click | undefined> {
  const { name, revision, conversationSid: conversation, started } = click;
  const written = await updateDocument(desk.twilio, name, { until, conversation, started }, revision, DAY_SECONDS);
  return written && { ...click, revision: written.revision };
}
