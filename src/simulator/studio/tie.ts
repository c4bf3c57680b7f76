import type { World } from "../world";
import type { ExecutionRow } from "./rows";

/**
 * What becomes of the Conversation that an Execution started or resumed: at its end Studio takes its webhook off, and
 * closes the Conversation where the widget said so: https://www.twilio.com/docs/studio/widget-library/resume-conversation
 */
export function letGo({ conversations }: World, execution: ExecutionRow): void {
  const { tie, conversationSid } = execution;
  if (!tie || !conversationSid) return;
  execution.tie = null;
  const conversation = conversations.conversations.get(conversationSid);
  if (!conversation) return;
  const attached = conversations.webhooks(conversationSid).some(({ sid }) => sid === tie.webhookSid);
  if (attached) conversations.removeWebhook(conversationSid, tie.webhookSid);
  if (tie.closes && conversation.state !== "closed") conversations.setState(conversationSid, "closed", "API", true);
}
