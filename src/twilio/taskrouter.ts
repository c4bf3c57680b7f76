import * as z from "zod/mini";
import { refusalOf, type TwilioClient } from "../runtime/twilio-client";
import { readAttributes } from "./conversations";
import type { RoutedInteraction } from "./interactions";

/** A Task in one of these still has somebody to work on it, or waits for them. */
const OPEN = ["pending", "reserved", "assigned", "wrapping"];

const interactionAttributes = z.object({ flexInteractionSid: z.string(), flexInteractionChannelSid: z.string() });

export interface OpenTask extends RoutedInteraction {
  status: string;
  queueName: string;
  /** Seconds since it was made. */
  age: number;
  /** The Worker it was made for, where it was made for one. */
  aimedAt?: string;
}

/**
 * The open Interaction Task of a Conversation, newest first, if there is one. The attribute query is limited to three a
 * second for the account, so it serves to settle doubt and not as a first look. It may lag: Tasks that are `over` do not count.
 */
export async function findOpenTask(
  twilio: TwilioClient,
  workspaceSid: string,
  conversationSid: string,
  over: readonly string[] = [],
): Promise<OpenTask | undefined> {
  const tasks = await twilio.taskrouter.v1.workspaces(workspaceSid).tasks.list({
    evaluateTaskAttributes: `conversationSid == '${conversationSid}'`,
    assignmentStatus: OPEN,
    ordering: "DateCreated:desc",
    limit: 5,
    pageSize: 5,
  });
  for (const task of tasks) {
    const parsed = interactionAttributes.safeParse(readAttributes(task.attributes));
    if (!parsed.success || over.includes(task.sid)) continue;
    const { flexInteractionSid, flexInteractionChannelSid } = parsed.data;
    return {
      interactionSid: flexInteractionSid,
      channelSid: flexInteractionChannelSid,
      taskSid: task.sid,
      status: task.assignmentStatus,
      queueName: task.taskQueueFriendlyName ?? "",
      age: task.age,
      ...(task.routingTarget?.startsWith("WK") ? { aimedAt: task.routingTarget } : {}),
    };
  }
  return undefined;
}

export interface KnownTask {
  status: string;
  isOpen: boolean;
  updatedAt: Date;
}

/** A Task by its SID; undefined when it is deleted. */
export async function findTask(
  twilio: TwilioClient,
  workspaceSid: string,
  taskSid: string,
): Promise<KnownTask | undefined> {
  try {
    const { assignmentStatus: status, dateUpdated } = await twilio.taskrouter.v1
      .workspaces(workspaceSid)
      .tasks(taskSid)
      .fetch();
    return { status, isOpen: OPEN.includes(status), updatedAt: dateUpdated };
  } catch (error) {
    if (refusalOf(error)?.status === 404) return undefined;
    throw error;
  }
}

/**
 * Cancels a Task whose channel is dead. As long as a channel lives, Tasks end through it and never here:
 * https://www.twilio.com/docs/flex/developer/conversations/interactions-api/best-practices
 */
export async function cancelTask(
  twilio: TwilioClient,
  workspaceSid: string,
  taskSid: string,
  reason: string,
): Promise<void> {
  const task = twilio.taskrouter.v1.workspaces(workspaceSid).tasks(taskSid);
  await task.update({ assignmentStatus: "canceled", reason });
}

/** The Worker who has accepted a Task, if one has. */
export async function findAssignedWorker(
  twilio: TwilioClient,
  workspaceSid: string,
  taskSid: string,
): Promise<{ workerSid: string; name: string } | undefined> {
  const rows = await twilio.taskrouter.v1
    .workspaces(workspaceSid)
    .tasks(taskSid)
    .reservations.list({ limit: 50, pageSize: 50 });
  const taken = rows.find(
    ({ reservationStatus }) => reservationStatus === "accepted" || reservationStatus === "wrapping",
  );
  return taken && { workerSid: taken.workerSid, name: taken.workerName };
}

/** Adds to a Task's attributes, which Twilio only replaces whole. A Task that is gone is no error. */
export async function mergeTaskAttributes(
  twilio: TwilioClient,
  workspaceSid: string,
  taskSid: string,
  more: Record<string, unknown>,
): Promise<void> {
  const context = twilio.taskrouter.v1.workspaces(workspaceSid).tasks(taskSid);
  try {
    const task = await context.fetch();
    await context.update({ attributes: JSON.stringify({ ...readAttributes(task.attributes), ...more }) });
  } catch (error) {
    if (refusalOf(error)?.status !== 404) throw error;
  }
}
