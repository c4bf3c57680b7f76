import {
  CUSTOM_CHANNELS,
  type CustomChannel,
  conversationName,
  forCustomChannels,
} from "../../../channels/custom-identity";
import { applyAddress } from "../../../deploy/apply-address";
import { applyChannel } from "../../../deploy/apply-channel";
import type { PhoneMessage } from "../../../simulator/phone/phones";
import { KNOWN } from "../../../simulator/platforms/known";
import { CommandError } from "../../terminal";
import type { LintedState } from "../lint/read-states";
import type { Stage } from "./stage";

export const CHANNELS = ["sms", "whatsapp", "messenger", "chat", ...CUSTOM_CHANNELS] as const;
export type Channel = (typeof CHANNELS)[number];

/** How the customer comes to a Flow. */
export interface Entrance {
  startedBy: StartEvent;
  say(body: string): Promise<void>;
  /** What both sides have said, oldest first. */
  said(): Said[];
}

export interface Said {
  by: string;
  body: string;
  at: string;
}

type StartEvent = "incomingConversationMessage" | "incomingMessage" | "incomingRequest";

interface Wanted {
  channel: Channel;
  /** Of the Conversation, before the first message. */
  attributes: Record<string, unknown>;
}

const CUSTOMERS = {
  sms: "+15550101234",
  whatsapp: "whatsapp:+15550101234",
  messenger: "messenger:4242424242",
  chat: "customer",
  ...forCustomChannels((channel) => KNOWN[channel].someone),
};

/** The trigger's events that a message or REST sets off; the first that leads on is played. */
const STARTS: readonly StartEvent[] = ["incomingConversationMessage", "incomingMessage", "incomingRequest"];

export function startOf(states: readonly LintedState[]): StartEvent | undefined {
  const events = states
    .filter(({ type }) => type === "trigger")
    .flatMap(({ transitions }) => transitions.filter(({ next }) => next).map(({ event }) => event));
  return STARTS.find((event) => events.includes(event));
}

/** Binds the Flow to where this customer writes. */
export async function enter(stage: Stage, startedBy: StartEvent, wanted: Wanted): Promise<Entrance> {
  const { channel, attributes } = wanted;
  if (startedBy !== "incomingConversationMessage") return byNumber(stage, startedBy, wanted);
  if (isOurs(channel) && stage.ours) return onPlatform(stage, channel, attributes);
  if (isOurs(channel) || channel === "chat") return inChat(stage, CUSTOMERS[channel], attributes);
  const ends = endsOf(stage, channel);
  if (Object.keys(attributes).length > 0) {
    const member = { "messagingBinding.address": ends.customer, "messagingBinding.proxyAddress": ends.sender };
    await openConversation(stage, attributes, member);
  } else {
    await applyAddress(stage.twilio, { type: channel, address: ends.sender }, { flowSid: stage.flowSid, domain: "" });
  }
  return { startedBy, ...onPhone(stage, ends) };
}

const isOurs = (channel: Channel): channel is CustomChannel => CUSTOM_CHANNELS.some((one) => one === channel);

/** Without a Conversation: the number's own webhook is the Flow's, or REST starts it. */
async function byNumber(stage: Stage, startedBy: StartEvent, { channel, attributes }: Wanted): Promise<Entrance> {
  const { twilio, flowSid, notes, definition } = stage;
  if (channel !== "sms") notes.push(`${startedBy} starts this Flow, so it is played by SMS`);
  if (Object.keys(attributes).length > 0)
    notes.push(`${startedBy} starts this Flow, so there is no Conversation to set`);
  const ends = endsOf(stage, "sms");
  if (!/"(start|resume)-conversation"/.test(JSON.stringify(definition))) {
    const { webhookUrl: smsUrl } = await twilio.studio.v2.flows(flowSid).fetch();
    const [number] = await twilio.incomingPhoneNumbers.list({ phoneNumber: ends.sender });
    await twilio.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl });
  }
  if (startedBy === "incomingRequest") {
    await twilio.studio.v2.flows(flowSid).executions.create({ to: ends.customer, from: ends.sender });
    await stage.simulator.settled();
  }
  return { startedBy, ...onPhone(stage, ends) };
}

interface Ends {
  customer: string;
  sender: string;
}

function endsOf({ simulator }: Stage, channel: Exclude<Channel, CustomChannel | "chat">): Ends {
  const kindOf = (sender: string) => (sender.includes(":") ? sender.slice(0, sender.indexOf(":")) : "sms");
  const sender = simulator.account.senders.find((one) => kindOf(one) === channel);
  if (!sender) throw new CommandError(`The simulated account has no sender for ${channel}: name one in --seeds.`);
  return { customer: CUSTOMERS[channel], sender };
}

/** By the platform's own end: our Functions take what they write, and bring them what the Flow says. */
async function onPlatform(stage: Stage, channel: CustomChannel, attributes: Wanted["attributes"]): Promise<Entrance> {
  const { twilio, simulator, flowSid } = stage;
  const customer = CUSTOMERS[channel];
  await applyChannel(twilio, channel, { flowSid });
  if (Object.keys(attributes).length > 0) {
    const uniqueName = conversationName(customer, 1);
    await twilio.conversations.v1.conversations.create({ uniqueName, attributes: JSON.stringify(attributes) });
    await simulator.advance(LEFT_BY_MAKER_SECONDS);
  }
  return { startedBy: "incomingConversationMessage", ...onPhone(stage, { customer }) };
}

/** So old, a Conversation that nobody has completed is completed by whoever finds it. */
const LEFT_BY_MAKER_SECONDS = 60;

function onPhone(
  { simulator }: Stage,
  { customer, sender }: Partial<Ends> & Pick<Ends, "customer">,
): Pick<Entrance, "say" | "said"> {
  const byWhom = ({ direction }: PhoneMessage) => (direction === "out" ? "customer" : "Flow");
  return {
    async say(body) {
      await simulator.customerSends(customer, body, sender);
    },
    said: () =>
      simulator
        .world()
        .phones.messages(customer)
        .map((message) => ({ by: byWhom(message), body: message.body, at: message.at.toISOString() })),
  };
}

async function inChat(stage: Stage, identity: string, attributes: Wanted["attributes"]): Promise<Entrance> {
  const { sid, conversation } = await openConversation(stage, attributes, { identity });
  const { simulator } = stage;
  return {
    startedBy: "incomingConversationMessage",
    async say(body) {
      await conversation.messages.create({ author: identity, body, xTwilioWebhookEnabled: "true" });
      await simulator.settled();
    },
    said: () =>
      simulator
        .world()
        .conversations.messages(sid)
        .map(({ author, body, createdAt }) => ({
          by: author === identity ? "customer" : "Flow",
          body: body ?? "",
          at: createdAt.toISOString(),
        })),
  };
}

/** As custom channels do: https://www.twilio.com/docs/flex/developer/conversations/integrate-a-custom-chat-client-with-flex */
async function openConversation({ twilio, flowSid }: Stage, attributes: Wanted["attributes"], member: object) {
  const { conversations } = twilio.conversations.v1;
  const { sid } = await conversations.create({ attributes: JSON.stringify(attributes) });
  const conversation = conversations(sid);
  await conversation.participants.create(member);
  await conversation.webhooks.create({
    target: "studio",
    "configuration.flowSid": flowSid,
    "configuration.filters": ["onMessageAdded"],
  });
  return { sid, conversation };
}
