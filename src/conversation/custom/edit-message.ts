import type { EditEvent } from "../../channels/adapter";
import { tryAgain } from "../../runtime/try-again";
import { refusalOf, twilioError } from "../../runtime/twilio-client";
import { isClosedRefusal } from "../../twilio/conversations";
import { changeMessage, type StoredMessage } from "../../twilio/messages";
import type { Desk } from "../desk";
import { readPointer } from "./contact-pointer";
import { newestIn } from "./newest-in";
import type { CustomCustomer } from "./open-conversation";
import { isRefusedForGood, postOnce } from "./post-once";
import { withLost } from "./say-words";

/**
 * A customer changed what they wrote. The Message says so from now on; one that is too far back, or in a Conversation that
 * is closed, is said anew.
 */
export async function editMessage(desk: Desk, customer: CustomCustomer, event: EditEvent): Promise<string> {
  const pointer = await readPointer(desk, customer.identity);
  const { conversationSid = "", isClosed = true } = pointer?.contact ?? {};
  const found = isClosed ? undefined : await find(desk, conversationSid, customer, event);
  if (found && isKnown(found, event)) return "known";
  const changed = found && (await change(desk, conversationSid, found, event));
  return changed ?? (await sayAnew(desk, customer, event)).outcome;
}

async function find(desk: Desk, conversationSid: string, { identity }: CustomCustomer, { id }: EditEvent) {
  const messages = await newestIn(desk, conversationSid);
  return messages.findLast(({ author, attributes }) => author === identity && attributes.platformId === id);
}

/** Delivered before, or overtaken by a later change. */
function isKnown({ attributes }: StoredMessage, { at }: EditEvent): boolean {
  return typeof attributes.editedAt === "string" && Date.parse(attributes.editedAt) > at.getTime();
}

/** Undefined when nothing can be changed there any more. */
async function change(
  desk: Desk,
  conversationSid: string,
  { sid, attributes, files }: StoredMessage,
  { text, at }: EditEvent,
): Promise<"edited" | "refused" | undefined> {
  const lost = files.length === 0 ? wordsIn(attributes.file) : undefined;
  const body = lost ? withLost(text, lost) : text;
  const changed = { ...(body ? { body } : {}), attributes: { ...attributes, editedAt: at.toISOString() } };
  try {
    await tryAgain(desk.deadline, () => changeMessage(desk.twilio, conversationSid, sid, changed));
    return "edited";
  } catch (cause) {
    if (isClosedRefusal(cause) || refusalOf(cause)?.status === 404) return undefined;
    const error = twilioError(cause);
    if (!isRefusedForGood(error)) throw error;
    desk.log.error("message_refused", { conversationSid, messageSid: sid, twilioCode: error.twilioCode });
    return "refused";
  }
}

const wordsIn = (file: unknown) => {
  const { words } = Object(file) as { words?: unknown };
  return typeof words === "string" ? words : undefined;
};

/** Under the id of what it replaces: a later change finds it. */
function sayAnew(desk: Desk, { identity, ...customer }: CustomCustomer, { id, at, text }: EditEvent) {
  const attributes = { platformId: id, platformTime: at.toISOString(), editedAt: at.toISOString() };
  const body = `[Edited] ${text}`;
  const message = { author: identity, body, webhooks: true, attributes };
  const words = { platformId: id, at, say: async () => message, leave: () => false };
  return postOnce(desk, { identity, ...customer }, words);
}
