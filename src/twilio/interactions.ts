import * as z from "zod/mini";
import { TwilioUnclear } from "../runtime/errors";
import type { TwilioClient } from "../runtime/twilio-client";

export interface NewInteraction {
  conversationSid: string;
  /** The Interaction's `channel.type`. */
  channelType: string;
  workspaceSid: string;
  workflowSid: string;
  /** Unique name of the Task Channel. */
  taskChannel: string;
  attributes: Record<string, unknown>;
  priority?: number;
  /** Seconds the Task may live. */
  timeout?: number;
}

/** What a create answer names. */
export interface RoutedInteraction {
  interactionSid: string;
  channelSid: string;
  taskSid: string;
}

const createAnswer = z.object({
  sid: z.string(),
  channel: z.object({ sid: z.string() }),
  routing: z.object({ properties: z.object({ sid: z.string() }) }),
});

/**
 * Joins a customer's Conversation to routing: https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interactions
 * The customer must be a Participant already. Twilio has no idempotency key here: call it only under a claim.
 */
export async function createInteraction(twilio: TwilioClient, wanted: NewInteraction): Promise<RoutedInteraction> {
  const answer = await twilio.flexApi.v1.interaction.create({
    channel: {
      type: wanted.channelType,
      initiated_by: "customer",
      properties: { media_channel_sid: wanted.conversationSid },
    },
    routing: {
      type: "TaskRouter",
      properties: {
        workspace_sid: wanted.workspaceSid,
        workflow_sid: wanted.workflowSid,
        task_channel_unique_name: wanted.taskChannel,
        attributes: wanted.attributes,
        ...(wanted.priority === undefined ? {} : { priority: wanted.priority }),
        ...(wanted.timeout === undefined ? {} : { timeout: wanted.timeout }),
      },
    },
  });
  const parsed = createAnswer.safeParse({ sid: answer.sid, channel: answer.channel, routing: answer.routing });
  if (!parsed.success) throw new TwilioUnclear(parsed.error);
  const { sid, channel, routing } = parsed.data;
  return { interactionSid: sid, channelSid: channel.sid, taskSid: routing.properties.sid };
}
