import * as z from "zod/mini";
import { suffer } from "../../faults/suffer";
import type { NewInteraction } from "../../interactions/interactions";
import type { InteractionRow } from "../../interactions/rows";
import { ApiError } from "../../server/api-error";
import { isJsonObject, type JsonObject, parseJson } from "../json";
import { defineWidget, type Finished, type WidgetRun, widgetProperties } from "./widget";

/** In characters and seconds, from https://www.twilio.com/docs/studio/widget-library/send-flex */
const LONGEST_ATTRIBUTES = 1024;
const LONGEST_TIMEOUT = 14 * 24 * 60 * 60;

const properties = widgetProperties({
  workflow: z.string(),
  channel: z.string(),
  attributes: z.optional(z.string()),
  priority: z.optional(z.string()),
  timeout: z.optional(z.string()),
  waitUrl: z.nullish(z.string()),
  waitUrlMethod: z.nullish(z.string()),
});

/**
 * https://www.twilio.com/docs/studio/widget-library/send-flex
 * It is done when the Task exists, not when an agent has it.
 */
export const sendToFlex = defineWidget({
  type: "send-to-flex",
  events: ["callComplete", "failedToEnqueue", "callFailure", "composerStarted"],
  properties,
  enter(run, widget) {
    const { sid: executionSid, conversationSid } = run.execution;
    const about = { executionSid, ...(conversationSid ? { conversationSid } : {}) };
    // Whatever keeps Flex's answer from Studio, the Flow sees one event: that an Interaction came of it stays unseen.
    const lost = () => failed(run, 81015, "Flex gave no answer");
    return suffer<Finished>(run.world.faults.meet("widget send-to-flex", about), () => enqueue(run, widget), {
      refusal: ({ code, message }) => failed(run, 81015, `${code} ${message}`),
      reset: lost,
      malformed: lost,
      crash: lost,
    });
  },
});

function enqueue(run: WidgetRun, widget: z.output<typeof properties>): Finished {
  try {
    const interaction = run.world.interactions.create(requestOf(run, widget));
    run.handOff();
    if (!run.world.switches.studioStaysAfterSendToFlex) detach(run);
    return { event: "callComplete", outputs: outputsOf(run, interaction) };
  } catch (error) {
    if (error instanceof CannotEnqueue) return failed(run, error.code, error.message);
    if (error instanceof ApiError) return failed(run, 81015, `${error.code} ${error.message}`);
    throw error;
  }
}

class CannotEnqueue extends Error {
  constructor(
    readonly code: 81015 | 81020,
    message: string,
  ) {
    super(message);
  }
}

function failed(run: WidgetRun, code: 81015 | 81020, message: string): Finished {
  run.warn(code, `no Task created: ${message}`);
  return { event: "failedToEnqueue" };
}

/** The request Twilio documents as its equal, https://www.twilio.com/docs/flex/developer/conversations/integrate-a-custom-chat-client-with-flex */
function requestOf(run: WidgetRun, widget: z.output<typeof properties>): NewInteraction {
  const { conversationSid, contactAddress } = run.execution;
  if (!conversationSid) throw new CannotEnqueue(81020, "only Executions of a Conversation can be sent to Flex here");
  const type = channelTypeOf(run, conversationSid);
  return {
    channel: { type, initiatedBy: "customer", mediaChannelSid: conversationSid },
    routing: {
      workspaceSid: run.world.taskrouter.workspace.sid,
      workflowSid: required("workflow", run.render(widget.workflow)),
      taskChannel: required("channel", run.render(widget.channel)),
      priority: wholeNumber("priority", run.render(widget.priority), { otherwise: 0, most: 2 ** 31 - 1 }),
      timeout: wholeNumber("timeout", run.render(widget.timeout), { otherwise: 3600, most: LONGEST_TIMEOUT }),
      attributes: allAttributes(run, added(type, contactAddress), attributesOf(run, widget.attributes)),
    },
  };
}

/** Twilio's stock Flow for chats sets `from` by itself, which suggests that a Flow's own value wins over the widget's. */
function allAttributes({ world }: WidgetRun, own: JsonObject, supplied: JsonObject): JsonObject {
  const both = Object.keys(supplied).some((name) => Object.hasOwn(own, name));
  return both && !world.switches.studioSuppliedAttributesWin ? { ...supplied, ...own } : { ...own, ...supplied };
}

function added(channelType: string, address: string): JsonObject {
  return { channelType, customerAddress: address, from: address, name: address, customerName: address };
}

function attributesOf(run: WidgetRun, template: string | undefined): JsonObject {
  const text = run.render(template);
  if (text.trim() === "") return {};
  if (text.length > LONGEST_ATTRIBUTES)
    throw new CannotEnqueue(81015, "the attributes are longer than 1024 characters");
  const attributes = parseJson(text);
  if (!isJsonObject(attributes)) throw new CannotEnqueue(81015, "the attributes are not a JSON object");
  return attributes;
}

function required(name: string, text: string): string {
  if (text.trim() === "") throw new CannotEnqueue(81015, `${name} is empty`);
  return text.trim();
}

function wholeNumber(name: string, text: string, { otherwise, most }: { otherwise: number; most: number }): number {
  if (text.trim() === "") return otherwise;
  if (!/^\s*\d+\s*$/.test(text)) throw new CannotEnqueue(81015, `${name} is not a whole number`);
  if (Number(text) > most) throw new CannotEnqueue(81015, `${name} is more than ${most}`);
  return Number(text);
}

/** What Flex calls the customer's medium; members known by an identity are web chats to it. */
function channelTypeOf({ world, execution }: WidgetRun, conversationSid: string): string {
  const customer = world.conversations
    .participants(conversationSid)
    .find(({ binding }) => binding?.address === execution.contactAddress);
  return customer?.binding?.type ?? "web";
}

function outputsOf({ world }: WidgetRun, interaction: InteractionRow): JsonObject {
  const rendered = parseJson(JSON.stringify(world.interactions.render(interaction)));
  if (!isJsonObject(rendered)) return {};
  const { sid = null, channel = null, routing = null, url = null } = rendered;
  return { sid, channel, routing, url };
}

/** Takes the Flow's own webhook off the Conversation, so that later messages do not start it again. */
function detach({ world, execution }: WidgetRun): void {
  const { conversationSid, flowSid } = execution;
  if (!conversationSid) return;
  for (const hook of [...world.conversations.webhooks(conversationSid)]) {
    if (hook.target === "studio" && hook.flowSid === flowSid)
      world.conversations.removeWebhook(conversationSid, hook.sid);
  }
}
