import { type Keyword, nobodyWaits } from "../channels/keywords";
import { closeConversation } from "../twilio/conversations";
import { newestMessages } from "../twilio/messages";
import { endExecution } from "../twilio/studio";
import { findOpenTask, mergeTaskAttributes } from "../twilio/taskrouter";
import { attempt, type Desk } from "./desk";
import { happen, readState, type Versioned } from "./state-store";

const LOOKED_AT = 50;

/**
 * A customer wrote a word that Twilio answers by itself: nobody is to answer it, and nothing is posted. An agent who has
 * them is told by their Task that they opted out, or in again. A Conversation in which nobody waits for an answer is closed.
 */
export async function heedKeyword(desk: Desk, conversationSid: string, keyword: Keyword): Promise<void> {
  const known = await readState(desk.twilio, conversationSid);
  const { state, taskSid } = known?.document ?? {};
  if (state === "open" && taskSid) return tellAgent(desk, conversationSid, taskSid, keyword);
  if (state !== undefined && state !== "flow" && state !== "routing") return;
  // A Task may be there of which we have not heard yet.
  const task = await findOpenTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, conversationSid);
  if (task) return tellAgent(desk, conversationSid, task.taskSid, keyword);
  if (state !== "routing") await letGo(desk, conversationSid, known);
}

async function tellAgent(desk: Desk, conversationSid: string, taskSid: string, keyword: Keyword): Promise<void> {
  if (keyword === "help") return;
  const more = { optedOut: keyword === "stop" };
  const told = mergeTaskAttributes(desk.twilio, desk.env.FLEX_WORKSPACE_SID, taskSid, more);
  await attempt(desk, "opt_out", conversationSid, told);
}

async function letGo(desk: Desk, conversationSid: string, known: Versioned | undefined): Promise<void> {
  if (!nobodyWaits(await newestMessages(desk.twilio, conversationSid, LOOKED_AT))) return;
  const { flowSid, executionSid } = known?.document ?? {};
  if (flowSid && executionSid) await endExecution(desk.twilio, flowSid, executionSid);
  await closeConversation(desk.twilio, conversationSid);
  await happen(desk.twilio, conversationSid, () => ({ type: "conversationClosed" }), known);
}
