import * as z from "zod/mini";
import { channelOfAddress } from "../channels/addresses";
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

/** How a customer is routed of whom no Flow has told anything. A guest's address says nothing to agents: their name does. */
export async function plainRouting(desk: Desk, conversationSid: string, address: string): Promise<Routing> {
  if (channelOfAddress(address) !== "web") return { address, attributes: {} };
  try {
    const { attributes } = await fetchConversation(desk.twilio, conversationSid);
    return { address, attributes: told(preEngagementOf(attributes)) };
  } catch {
    desk.log.warn("guest_unnamed", { conversationSid });
    return { address, attributes: {} };
  }
}

/** As attributes of a Task; the topic chooses no team here, since a guest may send any. */
function told({ friendlyName, email, language, topic, previousConversationSid }: PreEngagement) {
  const said = { customerName: friendlyName, customerEmail: email, language, topic, previousConversationSid };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ""));
}
