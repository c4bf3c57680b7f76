import { ApiError } from "../../server/api-error";
import type { JsonObject } from "../json";
import type { MessageProperties } from "./message-properties";
import { postToConversation } from "./post-to-conversation";
import { textToNumber } from "./text-to-number";
import type { WidgetRun } from "./widget";

/**
 * Sends the widget's message, into its Conversation or else by Programmable Messaging, and answers
 * `widgets.NAME.outbound`. Undefined when nothing was sent; the log then says why (81011).
 */
export async function sendOut(run: WidgetRun, properties: MessageProperties): Promise<JsonObject | undefined> {
  if (run.execution.handedOff) {
    // https://www.twilio.com/docs/studio/widget-library/start-conversation
    run.warn(81011, "message not sent: the Conversation has gone to an agent");
    return undefined;
  }
  // Flows on Conversations often carry `{{trigger.message.ChannelSid}}`, which renders blank and works.
  const conversationSid = run.render(properties.channel).trim() || run.execution.conversationSid;
  try {
    return conversationSid ? await postToConversation(run, conversationSid, properties) : textToNumber(run, properties);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    run.warn(81011, `message not sent: ${error.code} ${error.message}`);
    return undefined;
  }
}
