import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { announce, conversationFields } from "./events";
import { refuseFiles, type SentFile, takeFiles } from "./inbound-media";
import type { Messages } from "./messages";
import { bindingOf, type Participants } from "./participants";
import { before, beforeMessage } from "./pre-events";
import { refuseIncomplete } from "./refuse-webhook";
import type { ConversationRow, MessageRow, MessagingBinding, Source } from "./rows";
import { hookOf, type ScopedWebhooks } from "./scoped-webhooks";
import { findConversation, findService, holderOfPair, type Store } from "./store";

export interface InboundMessage {
  from: string;
  to: string;
  body: string;
  media?: readonly SentFile[];
}

/** What a message from outside is handed to. */
export interface Inbound {
  /** Resolves when it is in its Conversation, which is at once where no webhook is asked before. */
  receive(message: InboundMessage): Promise<MessageRow>;
  /** Whether a Conversation has, or would be made for, what this customer writes to this sender. */
  takes(message: Omit<InboundMessage, "body">): boolean;
}

interface Parts {
  world: World;
  store: Store;
  participants: Participants;
  messages: Messages;
  scopedWebhooks: ScopedWebhooks;
  insertConversation(given: { serviceSid: string; friendlyName?: string | undefined }): ConversationRow;
}

/**
 * A message goes to the Conversation that holds the address pair, or to a new one made after the sender's Address
 * Configuration (https://www.twilio.com/docs/conversations/inbound-autocreation). That the order is Conversation,
 * Participant, webhook, Message is unverified; the first Message does reach the new webhook.
 */
export function createInbound(parts: Parts): Inbound {
  const { world, store } = parts;
  /** Customers for whom a pre-event webhook is waited for, and who of their later messages waits behind. */
  const busy = new Map<string, (() => void)[]>();

  async function receive({ from, to, body, media }: InboundMessage): Promise<MessageRow> {
    const binding = bindingOfInbound(world, from, to);
    refuseFiles(binding, media);
    const pair = `${from} ${to}`;
    const ahead = busy.get(pair);
    if (ahead) await new Promise<void>((resolve) => ahead.push(resolve));
    else busy.set(pair, []);
    try {
      const source = sourceOf(world, binding);
      const conversation = conversationWith(store, from, to) ?? (await autoCreate(parts, binding, body, source));
      const author = binding.address;
      const mediaSids = takeFiles(world, conversation.serviceSid, author, media);
      const given = { ...{ author, body, mediaSids, source }, webhooks: true };
      const asked = beforeMessage(world, conversation, given);
      return parts.messages.add(conversation.sid, { ...given, ...(asked && (await asked)) });
    } finally {
      const next = busy.get(pair)?.shift();
      if (next) next();
      else busy.delete(pair);
    }
  }

  return {
    receive: (message) => world.work.track(receive(message)),
    takes({ from, to, media }) {
      refuseFiles(bindingOfInbound(world, from, to), media);
      return Boolean(holderOfPair(store, from, to) ?? addressOf(store, to)?.autoCreation.enabled);
    },
  };
}

export function nobodyHears(sender: string): ApiError {
  const reason = `No Address Configuration creates Conversations for ${sender}: nobody would see this message`;
  return new ApiError(404, 20404, reason);
}

function bindingOfInbound(world: World, from: string, to: string): MessagingBinding {
  const binding = bindingOf(from, to);
  if (!world.senders.has(to)) throw new ApiError(404, 21606, `${to} is not a sender of this account`);
  return binding;
}

/** Documented are SDK and API alone; SMS was seen, in https://github.com/techmatters/flex-plugins among others. */
function sourceOf({ switches }: World, { type }: MessagingBinding): Source {
  if (switches.inboundSource === "SDK") return "SDK";
  return type === "sms" ? "SMS" : type === "whatsapp" ? "WHATSAPP" : "MESSENGER";
}

const addressOf = (store: Store, to: string) => [...store.addresses.values()].find(({ address }) => address === to);

function conversationWith(store: Store, from: string, to: string): ConversationRow | undefined {
  const holder = holderOfPair(store, from, to);
  return holder && findConversation(store, holder.conversationSid);
}

async function autoCreate(parts: Parts, binding: MessagingBinding, body: string, source: Source) {
  const { world, store, participants, scopedWebhooks } = parts;
  const { address, proxyAddress } = binding;
  const configured = addressOf(store, proxyAddress);
  if (!configured?.autoCreation.enabled) throw nobodyHears(proxyAddress);
  const { autoCreation } = configured;
  const hook = hookOf(autoCreation);
  // Its Flow may be gone by now: better no Conversation than one that nobody hears.
  if (hook) refuseIncomplete(world, hook);
  const serviceSid = findService(store, autoCreation.conversationServiceSid ?? store.defaults.chatServiceSid).sid;
  const common = { serviceSid, source, webhooks: true };
  const pair = { "MessagingBinding.Address": address, "MessagingBinding.ProxyAddress": proxyAddress };

  const born = { Attributes: "{}", ...pair, MessageBody: body, State: "active" };
  const replaced = await before(world, { ...common, type: "onConversationAdd", fields: born });
  const conversation = parts.insertConversation({ serviceSid, friendlyName: replaced?.friendly_name });
  const added = { ...conversationFields(conversation), ...pair };
  announce(world, store, { type: "onConversationAdded", conversation, source, fields: added });

  const type = { "MessagingBinding.Type": binding.type.toUpperCase() };
  const joining = { ConversationSid: conversation.sid, Attributes: "{}", ...pair, ...type };
  await before(world, { ...common, type: "onParticipantAdd", fields: joining });
  participants.add(conversation.sid, { binding, source, webhooks: true });
  if (hook) scopedWebhooks.add(conversation.sid, hook);
  return conversation;
}
