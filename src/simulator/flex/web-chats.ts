import type { AddressConfigurationRow } from "../conversations/rows";
import { hookOf } from "../conversations/scoped-webhooks";
import { ApiError } from "../server/api-error";
import type { World } from "../world";

export interface NewWebChat {
  addressSid: string;
  chatFriendlyName?: string;
  customerFriendlyName?: string;
  preEngagementData?: string;
  identity?: string;
}

export interface WebChat {
  conversationSid: string;
  identity: string;
}

/**
 * A guest of a website, in a Conversation made after a chat address: https://www.twilio.com/docs/flex/developer/conversations/webchat
 * Unverified: that this calls no Conversations webhook, and that the guest's name is their User's.
 */
export function createWebChat(world: World, chat: NewWebChat): WebChat {
  const { autoCreation } = chatAddress(world, chat.addressSid);
  const identity = chat.identity || world.newSid("FX");
  const conversation = world.conversations.create({
    serviceSid: autoCreation.conversationServiceSid ?? undefined,
    friendlyName: chat.chatFriendlyName,
    attributes: attributesOf(chat),
  });
  const hook = autoCreation.enabled && hookOf(autoCreation);
  try {
    world.conversations.addParticipant(conversation.sid, { identity, ...SILENT });
    nameGuest(world, conversation.serviceSid, identity, chat.customerFriendlyName);
    if (hook) world.conversations.scopedWebhooks.add(conversation.sid, hook);
  } catch (error) {
    world.conversations.remove(conversation);
    if (error instanceof ApiError) throw unexpected(error);
    throw error;
  }
  return { conversationSid: conversation.sid, identity };
}

const SILENT = { source: "API", webhooks: false } as const;

function nameGuest({ conversations }: World, serviceSid: string, identity: string, friendlyName?: string): void {
  if (!friendlyName) return;
  const guest = conversations.users.ensure(serviceSid, identity, SILENT);
  conversations.users.update(guest, { friendlyName }, SILENT);
}

function chatAddress({ conversations }: World, sid: string): AddressConfigurationRow {
  const address = conversations.addresses.get(sid);
  if (!address) throw new ApiError(404, 20404, "AddressSid is not an Address Configuration");
  if (address.type.toLowerCase() !== "chat") {
    throw new ApiError(400, 20001, `AddressSid is an address of type ${address.type}, not chat`);
  }
  return address;
}

/** What is no JSON is kept as the text it is. */
function attributesOf({ preEngagementData }: NewWebChat): string {
  if (!preEngagementData) return "{}";
  return JSON.stringify({ pre_engagement_data: parsed(preEngagementData) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** 45700, https://www.twilio.com/docs/api/errors/45700; its status is unverified. */
function unexpected({ code, message }: ApiError): ApiError {
  return new ApiError(400, 45700, `The web chat could not be made: ${code} ${message}`);
}
