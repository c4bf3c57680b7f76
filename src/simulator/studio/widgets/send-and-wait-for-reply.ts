import { z } from "zod";
import type { MessageRow } from "../../conversations/rows";
import { senderOf } from "../context";
import type { JsonObject } from "../json";
import { messageProperties, outbound, postMessage } from "./post-message";
import { defineWidget, type WidgetRun, widgetProperties } from "./widget";

const DEFAULT_TIMEOUT_SECONDS = 3600;

/**
 * https://www.twilio.com/docs/studio/widget-library/send-wait-reply
 * A reply in a Conversation leaves by `incomingMessage` too, and does not touch `trigger.conversation`.
 * Unverified: what happens when the Conversation closes meanwhile. Here the wait simply runs into its time-out.
 */
export const sendAndWaitForReply = defineWidget({
  type: "send-and-wait-for-reply",
  events: ["incomingMessage", "timeout", "deliveryFailure"],
  properties: widgetProperties({
    ...messageProperties,
    timeout: z.string().optional(),
    save_response_as: z.string().optional(),
  }),
  enter(run, properties) {
    const message = postMessage(run, properties);
    if (!message) return { event: "deliveryFailure" };
    const sent = { outbound: outbound(message) };
    return {
      waitMs: secondsOf(run.render(properties.timeout)) * 1000,
      onTimeout: () => ({ event: "timeout", outputs: sent }),
      onMessage: (reply) => ({ event: "incomingMessage", outputs: { ...sent, inbound: inbound(run, reply) } }),
    };
  },
});

function secondsOf(text: string): number {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : DEFAULT_TIMEOUT_SECONDS;
}

function inbound({ world, execution }: WidgetRun, reply: MessageRow): JsonObject {
  return {
    Body: reply.body ?? "",
    From: senderOf(world, reply),
    To: execution.channelAddress,
    MessageSid: reply.sid,
    NumMedia: "0",
  };
}
