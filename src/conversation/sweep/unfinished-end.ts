import { channelOfAddress } from "../../channels/addresses";
import { LEFT_OPEN_MINUTES } from "../../config/patience";
import { newestMessages } from "../../twilio/messages";
import { findTask } from "../../twilio/taskrouter";
import { claimOf, settle } from "../claim-routing";
import { rewindWatchdog, routeAgain } from "../route-again";
import { happen } from "../state-store";
import { isSucceeded, lateMessages, succeed, unseenSince } from "../succeed";
import { conversationClosed, drop, routingOf } from "../watch-over";
import { type Case, type Check, type Finding, isSettled } from "./check";

/** The last Task is over, and Flex has not closed the Conversation. */
export const stillClosing: Check = async (one) => {
  const { desk, conversation, known } = one;
  const { state, closingAt, taskSid } = known.document;
  if (state !== "closing") return undefined;
  const since = closingAt ? new Date(closingAt) : (known.writtenAt ?? conversation.updatedAt);
  const late = await lateFinding(one, since);
  if (late || desk.now().getTime() - since.getTime() < LEFT_OPEN_MINUTES * 60_000) return late;
  // Whoever wraps up may look at it as long as they like.
  const task = taskSid ? await findTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, taskSid) : undefined;
  if (task?.isOpen) return undefined;
  return { problem: "not-closed", action: "close", repair: () => drop(desk, conversation.sid) };
};

/** The Document says that it has ended, and it lives: nobody would hear the customer. */
export const endedAlive: Check = (one) => {
  const { desk, conversation, known } = one;
  if (known.document.state !== "ended" || conversation.state === "closed") return undefined;
  if (!isSettled(desk, known.writtenAt)) return undefined;
  return { problem: "ended-but-lives", action: "route-or-close", repair: () => revive(one) };
};

/** It is closed, and nobody wrote that down, or took on what came too late. */
export const closedUnheard: Check = async (one) => {
  const { conversation, known } = one;
  if (conversation.state !== "closed") return undefined;
  const { state, closingAt } = known.document;
  // Flex may close without an event: a Document that says `closing` is as true as it gets.
  if (state !== "ended" && state !== "closing")
    return { problem: "close-unheard", action: "write-down", repair: () => hearOfClose(one) };
  return closingAt ? lateFinding(one, new Date(closingAt)) : undefined;
};

/** What a customer wrote too late, and no successor has. */
async function lateFinding(one: Case, since: Date): Promise<Finding | undefined> {
  const { desk, conversation, known } = one;
  const late = await lateMessages(desk, conversation.sid, unseenSince(known.document, since));
  const last = late.at(-1);
  if (!last || !isSettled(desk, last.createdAt) || (await isSucceeded(desk, conversation.sid))) return undefined;
  const repair = () => succeed(desk, conversation.sid, known.document, since);
  return { problem: "late-message", action: "succeed", repair };
}

async function hearOfClose(one: Case): Promise<void> {
  const { desk, conversation, known } = one;
  const { document } = known;
  await conversationClosed(desk, conversation.sid, conversation.updatedAt);
  const waited = !document.closingAt && (document.state === "flow" || document.state === "routing");
  const unanswered = waited ? await unansweredSince(one) : undefined;
  if (unanswered) {
    const closingAt = unanswered.toISOString();
    await succeed(desk, conversation.sid, { ...document, closingAt }, unanswered);
  }
}

/** Under a claim: whoever waits goes to the agents, or to a successor; where nobody does, the end is made true. */
async function revive(one: Case): Promise<void> {
  const { desk, conversation, known } = one;
  const { sid } = conversation;
  const owner = `sweep.${sid}`;
  const alive = { type: "foundAlive" as const, ...claimOf(desk, owner) };
  const claim = await happen(desk.twilio, sid, (now) => (now === known.document ? alive : undefined), known);
  if (!claim || (await settle(desk, sid, claim))) return;
  const since = await unansweredSince(one);
  const routing = claim.document.routing ?? (await routingOf(desk, sid));
  // Who ended the chat themself waits for nobody.
  if (!since || !routing || known.document.goneAt) return drop(desk, sid);
  await rewindWatchdog(desk, sid, routing);
  const closingAt = claim.document.closingAt ?? since.toISOString();
  await routeAgain(desk, sid, { ...claim, document: { ...claim.document, closingAt } }, routing, owner);
}

const LOOKED_AT = 50;

/** Since when a customer has written without a word from anybody else. */
async function unansweredSince({ desk, conversation }: Case): Promise<Date | undefined> {
  const messages = await newestMessages(desk.twilio, conversation.sid, LOOKED_AT);
  const answered = messages.findLastIndex(({ author }) => !channelOfAddress(author));
  return messages[answered + 1]?.createdAt;
}
