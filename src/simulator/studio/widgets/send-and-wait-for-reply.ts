import * as z from "zod/mini";
import type { Incoming } from "../incoming";
import type { JsonObject } from "../json";
import { messageProperties } from "./message-properties";
import { sendOut } from "./send-out";
import { defineWidget, type Finished, type WidgetRun } from "./widget";

const DEFAULT_TIMEOUT_SECONDS = 3600;

/**
 * https://www.twilio.com/docs/studio/widget-library/send-wait-reply
 * Unverified: what happens when the Conversation closes meanwhile. Here the wait simply runs into its time-out.
 */
export const sendAndWaitForReply = defineWidget({
  type: "send-and-wait-for-reply",
  events: ["incomingMessage", "timeout", "deliveryFailure", "incomingConversationMessage"],
  properties: messageProperties({
    timeout: z.optional(z.string()),
    save_response_as: z.optional(z.string()),
  }),
  async enter(run, properties) {
    const outbound = await sendOut(run, properties);
    if (!outbound) return { event: "deliveryFailure" };
    return { waitMs: secondsOf(run.render(properties.timeout)) * 1000, held: { outbound } };
  },
  wake: (run, by, held) => (by.by === "timeout" ? { event: "timeout", outputs: held } : reply(run, by.incoming, held)),
});

/** Public Flows connect `incomingMessage` alone, and work; sources differ on what a reply in a Conversation does beyond. */
function reply({ world, state }: WidgetRun, { event, trigger, inbound }: Incoming, held: JsonObject): Finished {
  const byMessage = { event: "incomingMessage", outputs: { ...held, inbound } };
  if (event === "incomingMessage" || world.switches.studioReplyEvent === "incomingMessage") return byMessage;
  const connected = state.transitions.some((one) => one.event === event);
  return { ...(connected ? { event, outputs: held } : byMessage), trigger: { conversation: trigger } };
}

function secondsOf(text: string): number {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : DEFAULT_TIMEOUT_SECONDS;
}
