import * as z from "zod/mini";
import { channelOfAddress } from "../channels/addresses";
import { customerOf } from "../channels/custom-identity";
import { fetchConversation } from "../twilio/conversations";
import type { Desk } from "./desk";
import type { Routing } from "./state";

const words = z.catch(
  z.pipe(
    z.string(),
    z.transform((value: string) => value.slice(0, 256)),
  ),
  "",
);

const form = z.object({
  friendlyName: words,
  email: words,
  language: words,
  /** What they want, by a word of the page's. */
  topic: words,
  /** The web chat they had before. */
  previousConversationSid: words,
});

/** What a guest told before their web chat began. */
export type PreEngagement = z.output<typeof form>;

/** Where Twilio puts it: https://www.twilio.com/docs/flex/developer/conversations/webchat */
export function preEngagementOf(attributes: Record<string, unknown>): PreEngagement {
  const parsed = form.safeParse(attributes.pre_engagement_data);
  return parsed.success ? parsed.data : form.parse({});
}

/**
 * How a customer is routed of whom no Flow has told anything. The address of a guest, or of somebody on a channel of ours,
 * says nothing to agents: their name does.
 */
export async function plainRouting(desk: Desk, conversationSid: string, address: string): Promise<Routing> {
  const channel = customerOf(address)?.channel;
  if (!channel && channelOfAddress(address) !== "web") return { address, attributes: {} };
  const ofChannel = channel ? { channel } : {};
  try {
    const { attributes, friendlyName } = await fetchConversation(desk.twilio, conversationSid);
    const said = channel
      ? { customerName: words.parse(friendlyName), language: words.parse(attributes.language) }
      : told(preEngagementOf(attributes));
    return { address, attributes: { ...notEmpty(said), ...ofChannel } };
  } catch {
    desk.log.warn("customer_unnamed", { conversationSid });
    return { address, attributes: ofChannel };
  }
}

/** As attributes of a Task; the topic chooses no team here, since a guest may send any. */
function told({ friendlyName, email, language, topic, previousConversationSid }: PreEngagement) {
  return { customerName: friendlyName, customerEmail: email, language, topic, previousConversationSid };
}

const notEmpty = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
