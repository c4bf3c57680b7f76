import * as z from "zod/mini";
import { TwilioUnclear } from "../runtime/errors";
import { refusalOf, type TwilioClient } from "../runtime/twilio-client";

/** Where a Task goes and what it says. */
export interface TaskRouting {
  workspaceSid: string;
  workflowSid: string;
  /** Unique name of the Task Channel. */
  taskChannel: string;
  attributes: Record<string, unknown>;
  priority?: number;
  /** Seconds the Task may live. */
  timeout?: number;
  /** An agent the Task is aimed at, and the queue it counts for. */
  workerSid?: string;
  queueSid?: string;
}

export interface NewInteraction {
  conversationSid: string;
  /** The Interaction's `channel.type`. */
  channelType: string;
  initiatedBy: "customer" | "agent";
  routing: TaskRouting;
}

/** What a create answer names. */
export interface RoutedInteraction {
  interactionSid: string;
  channelSid: string;
  taskSid: string;
}

const routed = z.object({ properties: z.object({ sid: z.string() }) });
const createAnswer = z.object({ sid: z.string(), channel: z.object({ sid: z.string() }), routing: routed });
const inviteAnswer = z.object({ routing: routed });

/**
 * Joins a Conversation to routing: https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interactions
 * The customer must be a Participant already. Twilio has no idempotency key here: call it only under a claim.
 */
export async function createInteraction(twilio: TwilioClient, wanted: NewInteraction): Promise<RoutedInteraction> {
  const answer = await twilio.flexApi.v1.interaction.create({
    channel: {
      type: wanted.channelType,
      initiated_by: wanted.initiatedBy,
      properties: { media_channel_sid: wanted.conversationSid },
    },
    routing: { type: "TaskRouter", properties: propertiesOf(wanted.routing) },
  });
  const { sid, channel, routing } = read(createAnswer, answer);
  return { interactionSid: sid, channelSid: channel.sid, taskSid: routing.properties.sid };
}

/**
 * Asks for an agent on a channel that lives: a new Task. The first Task's attributes are not inherited.
 * https://www.twilio.com/docs/flex/developer/conversations/interactions-api/invites-subresource
 */
export async function createInvite(
  twilio: TwilioClient,
  interactionSid: string,
  channelSid: string,
  routing: TaskRouting,
): Promise<RoutedInteraction> {
  const answer = await twilio.flexApi.v1
    .interaction(interactionSid)
    .channels(channelSid)
    .invites.create({ routing: { properties: propertiesOf(routing) } });
  return { interactionSid, channelSid, taskSid: read(inviteAnswer, answer).routing.properties.sid };
}

/** The status of an Interaction's channel; `gone` when it is there no more (after 180 days without a change). */
export async function channelStatus(twilio: TwilioClient, interactionSid: string, channelSid: string): Promise<string> {
  try {
    return (await twilio.flexApi.v1.interaction(interactionSid).channels(channelSid).fetch()).status;
  } catch (error) {
    if (refusalOf(error)?.status === 404) return "gone";
    throw error;
  }
}

/** Ends a channel and completes its Tasks, or has agents wrap them up; one that has ended already is no error. */
export async function closeChannel(
  twilio: TwilioClient,
  interactionSid: string,
  channelSid: string,
  tasks: "closed" | "wrapup" = "closed",
): Promise<void> {
  try {
    await twilio.flexApi.v1
      .interaction(interactionSid)
      .channels(channelSid)
      .update({ status: "closed", routing: { status: tasks } });
  } catch (error) {
    const status = refusalOf(error)?.status;
    if (!status || status >= 500 || status === 429) throw error;
  }
}

function propertiesOf(routing: TaskRouting): Record<string, unknown> {
  return {
    workspace_sid: routing.workspaceSid,
    workflow_sid: routing.workflowSid,
    task_channel_unique_name: routing.taskChannel,
    attributes: routing.attributes,
    ...(routing.priority === undefined ? {} : { priority: routing.priority }),
    ...(routing.timeout === undefined ? {} : { timeout: routing.timeout }),
    ...(routing.workerSid ? { worker_sid: routing.workerSid } : {}),
    ...(routing.queueSid ? { queue_sid: routing.queueSid } : {}),
  };
}

/** An answer without the SIDs we need leaves open what was made. */
function read<Schema extends z.ZodMiniType>(schema: Schema, answer: object): z.output<Schema> {
  const parsed = schema.safeParse({ ...answer });
  if (parsed.success) return parsed.data;
  throw new TwilioUnclear(parsed.error);
}
