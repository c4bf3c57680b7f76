import * as z from "zod/mini";
import { bindingOf } from "../../conversations/participants";
import type { NewParticipant } from "../../conversations/rows";
import { joining } from "./join-conversation";
import { defineWidget, type WidgetRun, widgetProperties } from "./widget";

const text = z.optional(z.string());

const participant = z.object({
  type: z.enum(["chat", "messaging", "sms"]),
  identity: text,
  messaging_binding_address: text,
  messaging_binding_proxy_address: text,
});

const properties = widgetProperties({
  conversation_service_sid: z.string(),
  participants: z.array(participant).check(z.minLength(1), z.maxLength(1)),
  friendly_name: text,
  attributes: text,
  messaging_service_sid: text,
  timers_inactive: text,
  timers_closed: text,
  close_conversation_on_execution_end: z.optional(z.boolean()),
});

/** https://www.twilio.com/docs/studio/widget-library/start-conversation */
export const startConversation = defineWidget({
  type: "start-conversation",
  events: ["created", "failed"],
  properties,
  enter: (run, widget) =>
    joining(run, "created", () => {
      const conversationSid = create(run, widget);
      return { conversationSid, filters: [], closes: widget.close_conversation_on_execution_end ?? false };
    }),
});

/** With its one customer, or not at all. */
function create(run: WidgetRun, widget: z.output<typeof properties>): string {
  const { conversations } = run.world;
  const conversation = conversations.create({
    serviceSid: run.render(widget.conversation_service_sid).trim(),
    friendlyName: filled(run, widget.friendly_name),
    attributes: filled(run, widget.attributes),
    messagingServiceSid: filled(run, widget.messaging_service_sid),
    timers: { inactive: filled(run, widget.timers_inactive), closed: filled(run, widget.timers_closed) },
    webhooks: false,
  });
  try {
    for (const one of widget.participants) conversations.addParticipant(conversation.sid, memberOf(run, one));
  } catch (refusal) {
    conversations.remove(conversation);
    throw refusal;
  }
  return conversation.sid;
}

function memberOf(run: WidgetRun, given: z.output<typeof participant>): NewParticipant {
  const silently = { source: "API", webhooks: false } as const;
  if (given.type === "chat") return { identity: run.render(given.identity).trim(), ...silently };
  const address = run.render(given.messaging_binding_address).trim();
  const proxyAddress = run.render(given.messaging_binding_proxy_address).trim();
  return { binding: bindingOf(address, proxyAddress), ...silently };
}

const filled = (run: WidgetRun, template: string | undefined) => run.render(template).trim() || undefined;
