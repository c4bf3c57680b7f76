import { z } from "zod";
import { messageProperties, outbound, postMessage } from "./post-message";
import { defineWidget, widgetProperties } from "./widget";

/** https://www.twilio.com/docs/studio/widget-library/send-message */
export const sendMessage = defineWidget({
  type: "send-message",
  events: ["sent", "failed"],
  properties: widgetProperties({ ...messageProperties, to: z.string().optional() }),
  enter(run, properties) {
    const message = postMessage(run, properties);
    if (!message) return { event: "failed" };
    return { event: "sent", outputs: { outbound: outbound(message) } };
  },
});
