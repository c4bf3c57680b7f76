import { customerOf } from "../channels/custom-identity";
import { isGuest } from "../channels/webchat/identity";
import type { TwilioClient } from "../runtime/twilio-client";
import { type AddressPair, addChatMember, addCustomer, listMembers, type Member } from "../twilio/conversations";

/** The customer of a Conversation, closed or not: who has an address pair, else a guest of a web chat or somebody on a channel of ours. */
export async function findCustomer(twilio: TwilioClient, conversationSid: string): Promise<Member | undefined> {
  const members = await listMembers(twilio, conversationSid);
  return members.find(isPair) ?? members.find((member) => isCustomer(addressOf(member)));
}

const isCustomer = (identity: string) => isGuest(identity) || customerOf(identity) !== undefined;

/** Under which a customer writes. */
export const addressOf = (member: Member): string => (isPair(member) ? member.address : member.identity);

/** Puts a customer into another Conversation; answers which one holds their address pair, if one does. */
export async function joinCustomer(
  twilio: TwilioClient,
  conversationSid: string,
  customer: Member,
): Promise<{ heldBy?: string }> {
  if (isPair(customer)) return addCustomer(twilio, conversationSid, customer);
  await addChatMember(twilio, conversationSid, customer.identity);
  return {};
}

function isPair(member: Member): member is AddressPair {
  return "address" in member;
}
