import type { Rule } from "./rule";

/** Channels that Twilio carries; a Flow for any other serves a custom one. */
const CARRIED = ["sms", "whatsapp", "messenger", "gbm", "email", "rcs", "apple", "chat"];
const SENDING = ["send-message", "send-and-wait-for-reply"];

/** What Studio writes calls no webhook of the Conversation: https://www.twilio.com/docs/conversations-classic/api/conversation-scoped-webhook-resource */
export const customChannelWidget: Rule = {
  id: "custom-channel-widget",
  severity: "error",
  about: "a sending widget in a Flow marked for a custom channel, whose customers would never read it",
  remedy: "Send with a Function that writes into the Conversation and to the channel.",
  check({ channels, states }) {
    const custom = channels.filter((channel) => !CARRIED.includes(channel));
    if (custom.length === 0) return [];
    return states
      .filter(({ type }) => SENDING.includes(type))
      .map(({ path, type }) => ({ path: `${path}/type`, message: `${type} does not reach ${custom.join(", ")}` }));
  },
};

export const templateChannel: Rule = {
  id: "template-channel",
  severity: "warning",
  about: "a content template in a Flow that is known to serve no WhatsApp",
  remedy: "Write the text into `body`, or mark the Flow for WhatsApp.",
  check({ channels, states }) {
    if (channels.length === 0 || channels.includes("whatsapp")) return [];
    return states
      .filter(({ properties }) => properties.message_type === "content_template")
      .map(({ path }) => ({
        path: `${path}/properties/message_type`,
        message: `sends a template on ${channels.join(", ")}`,
      }));
  },
};
