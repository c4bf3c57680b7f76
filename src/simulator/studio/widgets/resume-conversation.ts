import * as z from "zod/mini";
import { ApiError } from "../../server/api-error";
import { joining } from "./join-conversation";
import { defineWidget, widgetProperties } from "./widget";

/**
 * https://www.twilio.com/docs/studio/widget-library/resume-conversation
 * What its `attributes` do is not documented; they are left alone.
 */
export const resumeConversation = defineWidget({
  type: "resume-conversation",
  events: ["resumed", "failed"],
  properties: widgetProperties({
    conversation_service_sid: z.string(),
    conversation_sid: z.optional(z.string()),
    webhook_filters: z.optional(z.array(z.string())),
    attributes: z.optional(z.string()),
    close_conversation_on_execution_end: z.optional(z.boolean()),
  }),
  enter: (run, widget) =>
    joining(run, "resumed", () => {
      const { sid, serviceSid } = run.world.conversations.conversation(run.render(widget.conversation_sid).trim());
      if (serviceSid !== run.render(widget.conversation_service_sid).trim()) {
        throw new ApiError(404, 20404, `Conversation ${sid} is in another service`);
      }
      const filters = widget.webhook_filters ?? [];
      return { conversationSid: sid, filters, closes: widget.close_conversation_on_execution_end ?? false };
    }),
});
