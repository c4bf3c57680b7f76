import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { announce, conversationFields } from "./events";
import type { Messages } from "./messages";
import { bindingOf, type Participants } from "./participants";
import type { ConversationRow, MessageRow, MessagingBinding } from "./rows";
import { hookOf, refuseIncomplete, type ScopedWebhooks } from "./scoped-webhooks";
import { holderOfPair, type Store } from "./store";

export interface InboundMessage {
  from: string;
  to: string;
  body: string;
}

interface Parts {
  world: World;
  store: Store;
  participants: Participants;
  messages: Messages;
  scopedWebhooks: ScopedWebhooks;
  insertConversation(serviceSid: string | undefined): ConversationRow;
}

/**
 * A message from outside: to the Conversation that holds the address pair, or to a new one made after the sender's
 * Address Configuration (https://www.twilio.com/docs/conversations/inbound-autocreation). The order within auto-creation
 * is unverified; the first Message does reach the new hook.
 */
export function receiveInbound(parts: Parts, { from, to, body }: InboundMessage): MessageRow {
  const binding = bindingOfInbound(parts.world, from, to);
  const conversationSid = holderOfPair(parts.store, from, to)?.conversationSid ?? autoCreate(parts, from, to);
  return parts.messages.add(conversationSid, { author: binding.address, body, source: "SDK", webhooks: true });
}

/** Whether a Conversation has, or would be made for, what this customer writes to this sender. */
export function takesInbound(world: World, store: Store, { from, to }: Pick<InboundMessage, "from" | "to">): boolean {
  bindingOfInbound(world, from, to);
  return Boolean(holderOfPair(store, from, to) ?? addressOf(store, to)?.autoCreation.enabled);
}

function bindingOfInbound(world: World, from: string, to: string): MessagingBinding {
  const binding = bindingOf(from, to);
  if (!world.senders.has(to)) throw new ApiError(404, 21606, `${to} is not a sender of this account`);
  return binding;
}

const addressOf = (store: Store, to: string) => [...store.addresses.values()].find(({ address }) => address === to);

function autoCreate(
  { world, store, participants, scopedWebhooks, insertConversation }: Parts,
  from: string,
  to: string,
) {
  const address = addressOf(store, to);
  if (!address?.autoCreation.enabled) {
    throw new ApiError(
      404,
      20404,
      `No Address Configuration creates Conversations for ${to}: nobody would see this message`,
    );
  }
  const hook = hookOf(address.autoCreation);
  // Its Flow may be gone by now: better no Conversation than one that nobody hears.
  if (hook) refuseIncomplete(world, hook);
  const conversation = insertConversation(address.autoCreation.conversationServiceSid ?? undefined);
  announce(world, store, {
    type: "onConversationAdded",
    conversation,
    source: "SDK",
    fields: {
      ...conversationFields(conversation),
      "MessagingBinding.Address": from,
      "MessagingBinding.ProxyAddress": to,
    },
  });
  participants.add(conversation.sid, { binding: bindingOf(from, to), source: "SDK", webhooks: true });
  if (hook) scopedWebhooks.add(conversation.sid, hook);
  return conversation.sid;
}
