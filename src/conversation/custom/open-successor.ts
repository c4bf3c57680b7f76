import { customerOf, readConversationName } from "../../channels/custom-identity";
import { fetchConversation } from "../../twilio/conversations";
import type { Desk } from "../desk";
import type { Carry, Successor } from "../succeed";
import { readPointer } from "./contact-pointer";
import { type CustomCustomer, type Opened, openConversation } from "./open-conversation";

/**
 * Where a closed Conversation with a customer on a channel of ours goes on. No address pair keeps two live ones apart, so it
 * is their next one, by the same claim as any; where they have written into a new one already, that is the one. Neither
 * keeps the late Messages from going there.
 */
export async function openSuccessor(
  desk: Desk,
  conversationSid: string,
  identity: string,
  carry: Carry,
): Promise<Successor> {
  const { contact, isFresh, point } = await nextOf(desk, conversationSid, identity);
  const { conversationSid: successor } = contact;
  // Before the pointer tells where the customer's next words go.
  await carry(successor, isFresh);
  await point?.();
  const isTheirs = isFresh || (await isMadeFor(desk, successor, conversationSid));
  return isTheirs ? { successor, isFresh } : { heldBy: successor };
}

async function nextOf(desk: Desk, conversationSid: string, identity: string): Promise<Opened> {
  const [closed, pointer] = await Promise.all([
    fetchConversation(desk.twilio, conversationSid),
    readPointer(desk, identity),
  ]);
  const { contact } = pointer ?? {};
  if (contact && contact.conversationSid !== conversationSid && !contact.isClosed) return { contact, isFresh: false };
  const n = (contact?.n ?? readConversationName(closed.uniqueName)?.n ?? 0) + 1;
  return openConversation(desk, customerIn(closed, identity), { n, pointer, previousConversationSid: conversationSid });
}

function customerIn({ friendlyName, attributes }: Awaited<ReturnType<typeof fetchConversation>>, identity: string) {
  const channel = customerOf(identity)?.channel;
  if (!channel) throw new Error("A successor was asked for somebody on none of our channels");
  const { language } = attributes;
  return {
    ...{ identity, channel, name: friendlyName },
    ...(typeof language === "string" ? { language } : {}),
  } satisfies CustomCustomer;
}

async function isMadeFor(desk: Desk, successor: string, conversationSid: string): Promise<boolean> {
  const { attributes } = await fetchConversation(desk.twilio, successor);
  return attributes.previousConversationSid === conversationSid;
}
