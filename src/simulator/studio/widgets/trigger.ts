import { defineWidget, widgetProperties } from "./widget";

/** https://www.twilio.com/docs/studio/widget-library/trigger-start */
export const trigger = defineWidget({
  type: "trigger",
  events: ["incomingMessage", "incomingCall", "incomingConversationMessage", "incomingRequest", "incomingParent"],
  properties: widgetProperties({}),
  enter: ({ execution }) => ({ event: execution.subflow ? "incomingParent" : execution.startedBy }),
});
