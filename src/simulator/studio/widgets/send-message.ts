import * as z from "zod/mini";
import { messageProperties } from "./message-properties";
import { sendOut } from "./send-out";
import { defineWidget } from "./widget";

/** https://www.twilio.com/docs/studio/widget-library/send-message */
export const sendMessage = defineWidget({
  type: "send-message",
  events: ["sent", "failed"],
  properties: messageProperties({ to: z.optional(z.string()) }),
  async enter(run, properties) {
    const outbound = await sendOut(run, properties);
    return outbound ? { event: "sent", outputs: { outbound } } : { event: "failed" };
  },
});
