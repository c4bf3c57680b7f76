import { guestIdentity } from "../../channels/webchat/identity";
import { SESSION_SECONDS } from "../../channels/webchat/session";
import { ConflictError, TooManyRequestsError, TwilioRefusal } from "../../runtime/errors";
import { twilioError } from "../../runtime/twilio-client";
import { fetchConversation, setTimers } from "../../twilio/conversations";
import { postMessage } from "../../twilio/messages";
import { createWebChat, findWebChat, hasWritten } from "../../twilio/web-chats";
import { attempt } from "../desk";
import { timersFor } from "../route-to-flex";
import { claimStart, noteConversation, readStart, releaseStart, type Start, takeOverStart } from "./claim-start";
import type { WebChatDesk } from "./desk";
import { type Pass, passFor } from "./pass";
import { nextPlaces, takeAnotherPlace, takePlace } from "./take-place";

export interface StartDesk extends WebChatDesk {
  env: WebChatDesk["env"] & { WEBCHAT_ADDRESS_SID: string };
}

export interface NewChat {
  /** Of the page's, the same for every try of one start. */
  startKey: string;
  /** The guest's first words. */
  query: string;
  /** What agents and Flows are told, `friendlyName` first of all. */
  preEngagement: { friendlyName: string } & Record<string, string>;
}

const REREAD_MS = 500;
/** Kept back for the reply. */
const SPARE_MS = 1_500;

/**
 * A guest starts a chat. Before WebChats, which knows no repeats, come a place among the chats of this minute and the claim
 * of the start key; whatever dies on the way, the next try with the key finds what was made by the guest's identity and
 * goes on from there. Undefined while another call with the key is at it.
 */
export async function startChat(desk: StartDesk, chat: NewChat): Promise<Pass | undefined> {
  const identity = guestIdentity(desk.env.WEBCHAT_SESSION_SECRET, chat.startKey);
  const [hasPlace, first] = await Promise.all([
    takePlace(desk, desk.env.WEBCHAT_ADDRESS_SID, identity),
    claimStart(desk, identity),
  ]);
  if (first) return begin(desk, chat, first, await make(desk, chat, first, hasPlace));
  const found = await wait(desk, identity);
  if (!found) return undefined;
  if (found.isSaid) return pass(desk, found.start, found.conversationSid);
  const { start } = found;
  return begin(desk, chat, start, start.conversationSid ?? (await make(desk, chat, start, hasPlace)));
}

/** What another call with the key has come to; with the start in hand where that call has died on the way. */
type Found = { isSaid: true; start: Start; conversationSid: string } | { isSaid: false; start: Start };

async function wait(desk: StartDesk, identity: string): Promise<Found | undefined> {
  for (;;) {
    const start = await readStart(desk, identity);
    if (!start) return undefined;
    const { conversationSid, startedAt, until } = start;
    if (desk.now().getTime() - startedAt.getTime() >= SESSION_SECONDS * 1000) throw ended();
    if (conversationSid && (await hasWritten(desk.twilio, conversationSid, identity))) {
      return { isSaid: true, start, conversationSid };
    }
    const taken = desk.now() < until ? undefined : await takeOverStart(desk, start);
    if (taken) return { isSaid: false, start: taken };
    if (desk.deadline.remainingMs() < REREAD_MS + SPARE_MS) return undefined;
    await new Promise((resolve) => setTimeout(resolve, REREAD_MS));
  }
}

/** The Conversation, made by this call, or before by one that died or never heard Twilio's answer. */
async function make(desk: StartDesk, chat: NewChat, { identity, first }: Start, hasPlace: boolean): Promise<string> {
  const { twilio, env } = desk;
  const made = first ? undefined : await findWebChat(twilio, identity);
  if (made) return made;
  if (!hasPlace && !(await takeAnotherPlace(desk, env.WEBCHAT_ADDRESS_SID, identity))) {
    await releaseStart(desk, identity);
    throw tooMany(nextPlaces(desk.now()));
  }
  try {
    const { friendlyName } = chat.preEngagement;
    return await createWebChat(twilio, {
      addressSid: env.WEBCHAT_ADDRESS_SID,
      identity,
      customerFriendlyName: friendlyName,
      preEngagement: chat.preEngagement,
    });
  } catch (cause) {
    return afterFailure(desk, identity, twilioError(cause));
  }
}

async function afterFailure(desk: StartDesk, identity: string, error: unknown): Promise<string> {
  if (error instanceof TwilioRefusal) {
    await releaseStart(desk, identity);
    throw error.twilioStatus === 429 ? tooMany(PAUSE_SECONDS) : error;
  }
  const made = await findWebChat(desk.twilio, identity);
  if (!made) throw error;
  return made;
}

/** With the start in hand: the guest's first words, unless a call that died has posted them. */
async function begin(desk: StartDesk, chat: NewChat, start: Start, conversationSid: string): Promise<Pass> {
  const { twilio } = desk;
  const { identity } = start;
  const isSaid = !start.first && (await hasWritten(twilio, conversationSid, identity));
  const [said, conversation] = await Promise.allSettled([
    isSaid || postMessage(twilio, conversationSid, { author: identity, body: chat.query, webhooks: true }),
    fetchConversation(twilio, conversationSid),
    attempt(desk, "start_note", conversationSid, noteConversation(desk, start, conversationSid)),
    // Should no Flow or hook take it up, somebody will look.
    attempt(desk, "timers", conversationSid, setTimers(twilio, conversationSid, timersFor())),
  ]);
  if (said.status === "rejected") {
    if (twilioError(said.reason) instanceof TwilioRefusal) await releaseStart(desk, identity);
    throw said.reason;
  }
  if (conversation.status === "rejected") throw conversation.reason;
  desk.log.info("chat_started", { conversationSid });
  return passFor(desk, conversation.value.chatServiceSid, { ...start, conversationSid });
}

async function pass(desk: StartDesk, start: Start, conversationSid: string): Promise<Pass> {
  const { state, chatServiceSid } = await fetchConversation(desk.twilio, conversationSid);
  if (state === "closed") throw ended();
  return passFor(desk, chatServiceSid, { ...start, conversationSid });
}

/** WebChats takes five a second. */
const PAUSE_SECONDS = 5;

function tooMany(seconds: number): TooManyRequestsError {
  return new TooManyRequestsError("Many people are writing to us at the moment. Please try again shortly.", seconds);
}

function ended(): ConflictError {
  return new ConflictError("already_ended", "The chat of this start key has ended: start a new one with a new key.");
}
