import { createHmac } from "node:crypto";

const PREFIX = "webchat_";
const IDENTITY = new RegExp(`^${PREFIX}[0-9a-f]{32}$`);

/** Whether somebody is a guest of a web chat: agents and bots have identities too, but not of this form. */
export function isGuest(identity: string): boolean {
  return IDENTITY.test(identity);
}

/**
 * A guest's identity, made of the key with which their page started the chat: a repeated start finds the first one's
 * Conversation by it, it tells nothing of the customer, and only we can make it.
 */
export function guestIdentity(secret: string, startKey: string): string {
  const digest = createHmac("sha256", secret).update(`guest/${startKey}`).digest("hex");
  return `${PREFIX}${digest.slice(0, 32)}`;
}
