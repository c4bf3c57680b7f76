import { channelOfAddress } from "../../channels/addresses";
import { readConversationName } from "../../channels/custom-identity";
import { RESENT_WITHIN_SECONDS } from "../../config/patience";
import { newestMessages, type StoredMessage } from "../../twilio/messages";
import { askRelay } from "../custom/ask-relay";
import { claimResend, isDue, relayInDocument, relayOn } from "../custom/keep-relay";
import type { Desk } from "../desk";
import { type Case, type Check, type Finding, isSettled } from "./check";

const LOOKED_AT = 50;
/** What is older nobody waits for any more. */
const REPORTED_WITHIN_MS = 86_400_000;

/**
 * What was said to a customer on a channel of ours bears no mark that it was carried to them, or waits for a time that has
 * come. Sent once more where the Conversation is open and the Message lately said; of all others people have to decide.
 */
export const notRelayed: Check = async (one) => {
  const { desk, conversation } = one;
  if (!readConversationName(conversation.uniqueName)) return undefined;
  const messages = await newestMessages(desk.twilio, conversation.sid, LOOKED_AT);
  const open = messages.filter((message) => isOpen(desk, message));
  const looked = await Promise.all(open.map(async (message) => ({ message, told: await told(desk, message) })));
  const left = looked.filter(({ told }) => told !== "marked");
  const again = left.filter(({ message, told }) => !told && mayGoAgain(one, message)).map(({ message }) => message);
  if (again.length > 0) return { problem: "not-relayed", action: "send-again", repair: () => sendAgain(one, again) };
  return left.length > 0 ? REPORTED : undefined;
};

const REPORTED: Finding = { problem: "not-relayed", action: "report" };

function isOpen(desk: Desk, { author, attributes, createdAt }: StoredMessage): boolean {
  if (channelOfAddress(author) || desk.now().getTime() - createdAt.getTime() > REPORTED_WITHIN_MS) return false;
  const relay = relayOn(attributes);
  return relay ? isDue(relay, desk.now()) : isSettled(desk, createdAt);
}

const told = (desk: Desk, { sid }: StoredMessage) => relayInDocument(desk, sid);

function mayGoAgain({ desk, conversation }: Case, { createdAt }: StoredMessage): boolean {
  const isLate = desk.now().getTime() - createdAt.getTime() <= RESENT_WITHIN_SECONDS * 1000;
  return conversation.state !== "closed" && isLate;
}

/** In their order, each by one sweep alone. */
async function sendAgain({ desk, conversation: { sid } }: Case, messages: readonly StoredMessage[]): Promise<void> {
  for (const message of messages) {
    if (await claimResend(desk, sid, message.sid)) await askRelay(desk, sid, message);
  }
}
