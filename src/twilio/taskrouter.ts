import * as z from "zod/mini";
import type { TwilioClient } from "../runtime/twilio-client";
import type { RoutedInteraction } from "./interactions";

/** A Task in one of these still has somebody to work on it, or waits for them. */
const OPEN = ["pending", "reserved", "assigned", "wrapping"];

const attributes = z.object({ flexInteractionSid: z.string(), flexInteractionChannelSid: z.string() });

/**
 * The open Interaction Task of a Conversation, newest first, if there is one. The attribute query is limited to three a
 * second for the account, so it serves to settle doubt and not as a first look.
 */
export async function findOpenTask(
  twilio: TwilioClient,
  workspaceSid: string,
  conversationSid: string,
): Promise<RoutedInteraction | undefined> {
  const tasks = await twilio.taskrouter.v1.workspaces(workspaceSid).tasks.list({
    evaluateTaskAttributes: `conversationSid == '${conversationSid}'`,
    assignmentStatus: OPEN,
    ordering: "DateCreated:desc",
    limit: 5,
    pageSize: 5,
  });
  for (const task of tasks) {
    const parsed = attributes.safeParse(parseAttributes(task.attributes));
    if (!parsed.success) continue;
    const { flexInteractionSid, flexInteractionChannelSid } = parsed.data;
    return { interactionSid: flexInteractionSid, channelSid: flexInteractionChannelSid, taskSid: task.sid };
  }
  return undefined;
}

function parseAttributes(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
