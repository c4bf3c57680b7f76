import { CLAIM_SECONDS } from "../../config/patience";
import { textsFor } from "../../config/texts";
import { ConflictError } from "../../runtime/errors";
import { closeConversation } from "../../twilio/conversations";
import { closeChannel } from "../../twilio/interactions";
import { postMessage } from "../../twilio/messages";
import { findTask } from "../../twilio/taskrouter";
import { settle } from "../claim-routing";
import { attempt, type Desk } from "../desk";
import { letGoOfFlow } from "../route-to-flex";
import { settingsOf } from "../settings-of";
import { blank, type ConversationDocument, isAlive, next, type StateEvent } from "../state";
import { createState, happen, readState, type Versioned } from "../state-store";
import type { Guest } from "./find-guest";

const REREAD_MS = 500;
/** Kept back for what there is to end. */
const SPARE_MS = 3_000;

/**
 * A guest ends their chat. An agent who is with them wraps up, and Flex closes the Conversation as ever; where no agent is,
 * nobody is kept waiting for one: the Flow or the waiting Task ends, and the Conversation is closed. However often.
 */
export async function endChat(desk: Desk, guest: Guest): Promise<void> {
  const { conversationSid } = guest;
  for (;;) {
    const known = await atRest(desk, conversationSid);
    const isAttended = known !== undefined && (await hasAgent(desk, known.document));
    const at = desk.now();
    if (known?.document.state === "ended") return close(desk, guest, known);
    const type = isAttended || known?.document.state === "closing" ? "customerGone" : "customerEnded";
    const written = await write(desk, conversationSid, known, { type, at });
    if (!written) continue;
    // A repeat has said so already.
    if (!known?.document.goneAt) await attempt(desk, "notice", conversationSid, sayEnded(desk, guest));
    return type === "customerGone" ? closeFor(desk, written, "wrapup") : close(desk, guest, written);
  }
}

/** Over what was read, and nothing else. */
async function write(
  desk: Desk,
  conversationSid: string,
  known: Versioned | undefined,
  event: StateEvent,
): Promise<Versioned | undefined> {
  if (known) return happen(desk.twilio, conversationSid, (now) => (now === known.document ? event : undefined), known);
  const fresh = next(blank("flow"), event);
  return fresh && createState(desk.twilio, conversationSid, fresh);
}

/** The state once nobody is just routing: what they make would outlive the chat. */
async function atRest(desk: Desk, conversationSid: string): Promise<Versioned | undefined> {
  for (;;) {
    const known = await readState(desk.twilio, conversationSid);
    if (known?.document.state !== "routing") return known;
    if (!isAtWork(known.document, desk.now())) {
      if (!(await settle(desk, conversationSid, known))) return known;
      continue;
    }
    if (desk.deadline.remainingMs() < REREAD_MS + SPARE_MS) {
      throw new ConflictError("being_routed", "You are just being connected. Try again in a few seconds.");
    }
    await new Promise((resolve) => setTimeout(resolve, REREAD_MS));
  }
}

/** A claim that is held for longer waits for a better time, and makes nothing before. */
function isAtWork(document: ConversationDocument, now: Date): boolean {
  const left = document.until ? Date.parse(document.until) - now.getTime() : 0;
  return isAlive(document, now) && left <= CLAIM_SECONDS * 1000;
}

async function hasAgent(desk: Desk, { state, tasks }: ConversationDocument): Promise<boolean> {
  if (state !== "open") return false;
  const read = (taskSid: string) => findTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, taskSid);
  const found = await Promise.all(tasks.map(read));
  return found.some((task) => task?.status === "assigned" || task?.status === "wrapping");
}

async function close(desk: Desk, { conversationSid }: Guest, known: Versioned): Promise<void> {
  await Promise.all([letGoOfFlow(desk, { conversationSid, owner: "guest" }, known), closeFor(desk, known, "closed")]);
  await closeConversation(desk.twilio, conversationSid);
  desk.log.info("chat_ended", { conversationSid });
}

async function closeFor(desk: Desk, { document }: Versioned, tasks: "closed" | "wrapup"): Promise<void> {
  const { interactionSid, channelSid } = document;
  if (interactionSid && channelSid) await closeChannel(desk.twilio, interactionSid, channelSid, tasks);
}

/** For the agent, and for the transcript. */
async function sayEnded(desk: Desk, { conversationSid, told }: Guest): Promise<void> {
  const settings = await settingsOf(desk);
  const { texts } = textsFor(settings.texts, told.language || settings.defaultLanguage, settings.defaultLanguage);
  await postMessage(desk.twilio, conversationSid, { body: texts.ended, attributes: { notice: "ended" } });
}
