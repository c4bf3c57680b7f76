import * as z from "zod/mini";
import { fetchConversation } from "../../twilio/conversations";
import { closeChannel } from "../../twilio/interactions";
import type { ListedTask } from "../../twilio/pages";
import { findTask } from "../../twilio/taskrouter";
import type { Desk } from "../desk";
import { isAlive } from "../state";
import { readState } from "../state-store";
import { type Finding, isSettled } from "./check";

const ofInteraction = z.object({
  flexInteractionSid: z.string(),
  flexInteractionChannelSid: z.string(),
  conversationSid: z.string(),
});

/** The Conversation that a Task is for; undefined for Tasks of other origin, which cost no call. */
export function conversationOf(task: ListedTask): string | undefined {
  const parsed = ofInteraction.safeParse(task.attributes);
  return parsed.success ? parsed.data.conversationSid : undefined;
}

/** What is wrong with one open Task. Costs two calls, and a third where another Interaction has the customer. */
export async function inspectTask(desk: Desk, task: ListedTask): Promise<Finding[]> {
  const parsed = ofInteraction.safeParse(task.attributes);
  if (!parsed.success || !isSettled(desk, task.updatedAt)) return [];
  const { flexInteractionSid, flexInteractionChannelSid, conversationSid } = parsed.data;
  const [known, conversation] = await Promise.all([
    readState(desk.twilio, conversationSid),
    fetchConversation(desk.twilio, conversationSid),
  ]);
  if (!known || isAlive(known.document, desk.now())) return [];
  const { interactionSid, taskSid } = known.document;
  if (interactionSid && taskSid && interactionSid !== flexInteractionSid) {
    const other = await findTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, taskSid);
    // Which of two agents the customer is to have is not for a program to say.
    return other?.isOpen ? [{ problem: "double", action: "report" }] : [];
  }
  if (conversation.state !== "closed") return [];
  // Tasks of Interactions end through their channel: https://www.twilio.com/docs/flex/developer/conversations/interactions-api/best-practices
  const repair = () => closeChannel(desk.twilio, flexInteractionSid, flexInteractionChannelSid);
  return [{ problem: "task-of-closed", action: "close-channel", repair }];
}
