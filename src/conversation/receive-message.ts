import { channelOfAddress } from "../channels/addresses";
import { type Routed, type RoutingDesk, routeToFlex } from "./route-to-flex";

export interface AddedMessage {
  conversationSid: string;
  /** Who wrote it: an address for customers, an identity for agents and bots. */
  author: string;
  /** An id of this delivery. */
  owner: string;
}

/** What became of a Message: routed, left to whoever has the customer, or none of our business. */
export type Received = Routed | { status: "ignored" };

/** A Message was added to a Conversation bound to this bundle by webhook: a customer's goes to Flex when nobody has them. */
export async function receiveMessage(desk: RoutingDesk, message: AddedMessage): Promise<Received> {
  const { author, conversationSid, owner } = message;
  const channel = channelOfAddress(author);
  if (!channel) return { status: "ignored" };
  return routeToFlex(desk, { conversationSid, address: author, channel, attributes: {}, owner });
}
