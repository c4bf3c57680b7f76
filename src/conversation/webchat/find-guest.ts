import { noChat } from "../../channels/webchat/callers";
import type { Session } from "../../channels/webchat/session";
import { ConflictError } from "../../runtime/errors";
import { refusalOf } from "../../runtime/twilio-client";
import { fetchConversation, isMember } from "../../twilio/conversations";
import type { Desk } from "../desk";
import { type PreEngagement, preEngagementOf } from "../pre-engagement";
import { readState } from "../state-store";
import { succeed, successorOf } from "../succeed";

/** A guest whose session was good, in the Conversation where they are now. */
export interface Guest extends Session {
  serviceSid: string;
  told: PreEngagement;
}

/** Chats that one session goes on through, each written on as the one before closed. */
const MOST_SUCCESSORS = 5;

/** Refuses a guest who is not in their Conversation any more, or whose Conversation is closed and went on nowhere. */
export async function findGuest(desk: Desk, session: Session): Promise<Guest> {
  const guest = await lookForGuest(desk, session);
  if (!guest) throw noChat();
  return guest;
}

/** The same for whoever does not mind that the chat is over: undefined then. */
export async function lookForGuest(desk: Desk, session: Session): Promise<Guest | undefined> {
  let { conversationSid } = session;
  for (let passed = 0; passed <= MOST_SUCCESSORS; passed += 1) {
    const [conversation, isIn] = await Promise.all([
      fetch(desk, conversationSid),
      isMember(desk.twilio, conversationSid, session.identity),
    ]);
    if (!conversation || !isIn) throw noChat();
    const { state, chatServiceSid: serviceSid, attributes } = conversation;
    if (state !== "closed") return { ...session, conversationSid, serviceSid, told: preEngagementOf(attributes) };
    const successor = (await successorOf(desk.twilio, conversationSid)) ?? (await succeedNow(desk, conversationSid));
    if (!successor) return undefined;
    if (successor === "soon") throw moving();
    conversationSid = successor;
  }
  return undefined;
}

async function fetch(desk: Desk, conversationSid: string) {
  try {
    return await fetchConversation(desk.twilio, conversationSid);
  } catch (error) {
    if (refusalOf(error)?.status === 404) return undefined;
    throw error;
  }
}

/** The guest asks before we heard that Flex closed their Conversation, and may have written into it as it closed. */
async function succeedNow(desk: Desk, conversationSid: string): Promise<string | undefined> {
  const known = await readState(desk.twilio, conversationSid);
  if (!known?.document.closingAt) return undefined;
  const result = await succeed(desk, conversationSid, known.document, desk.now());
  return result === "none" ? undefined : await successorOf(desk.twilio, conversationSid);
}

function moving(): ConflictError {
  return new ConflictError("moving", "Your chat is just going on in another place. Try again in a few seconds.");
}
