import * as z from "zod/mini";
import { followTask } from "../../conversation/follow-task";
import { defineFunction } from "../../runtime/define-function";
import { sid } from "../../runtime/env";
import { flexEnv } from "../../runtime/flex-env";
import { jsonObject, text } from "../../runtime/request";
import { signedByTwilio } from "../../runtime/twilio-signature";

/** What Twilio puts on the Tasks of Interactions, anew for each: not to be copied from one to the next. */
const FLEX_OWN = [
  "flexInteractionSid",
  "flexInteractionChannelSid",
  "flexChannelInviteSid",
  "conversationSid",
  "channelType",
  "initiatedBy",
  "direction",
  "taskCreateSource",
  "customers",
  "conversations",
];

const interactionTask = z.object({
  flexInteractionSid: sid("KD"),
  flexInteractionChannelSid: sid("UO"),
  conversationSid: sid("CH"),
});

/** EventCallbackUrl of the Flex workspace: https://www.twilio.com/docs/taskrouter/api/event/reference */
export const handler = defineFunction({
  caller: signedByTwilio,
  env: flexEnv,
  input: z.object({
    EventType: text(64),
    TaskSid: z.optional(sid("WT")),
    TaskAssignmentStatus: z.optional(text(32)),
    TaskAttributes: z.optional(jsonObject(65_536)),
    Timestamp: z.optional(z.coerce.number()),
  }),
  within: 8_000,
  async run({ EventType: type, TaskSid: taskSid, TaskAttributes, TaskAssignmentStatus, Timestamp }, services) {
    const found = interactionTask.safeParse(TaskAttributes);
    // Tasks of other origin, and events of workers or queues, are not ours.
    if (!taskSid || !found.success) return { status: "ignored" };
    const { flexInteractionSid, flexInteractionChannelSid, conversationSid } = found.data;
    const own = Object.entries(TaskAttributes ?? {}).filter(([name]) => !FLEX_OWN.includes(name));
    await followTask(services, {
      type,
      taskSid,
      status: TaskAssignmentStatus ?? "",
      at: Timestamp ? new Date(Timestamp * 1000) : services.now(),
      interactionSid: flexInteractionSid,
      channelSid: flexInteractionChannelSid,
      conversationSid,
      attributes: Object.fromEntries(own),
    });
    return { status: "followed" };
  },
});
