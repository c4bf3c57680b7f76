import type { CustomerChannel } from "../../channels/addresses";
import { channelOfAddress } from "../../channels/addresses";
import type { Channel } from "../../channels/channel";
import { render } from "../../channels/rich-text/render";
import { splitMessage } from "../../channels/rich-text/write-rendered";
import { type NewMessage, postMessage } from "../../twilio/messages";
import type { Desk } from "../desk";
import { addressOf, findCustomer } from "../find-customer";
import { deliver } from "./deliver";
import { whoseConversation } from "./whose-conversation";

export interface Speech extends Pick<NewMessage, "author" | "attributes"> {
  /** In Flex's markdown. */
  body: string;
}

/** `pending`: the platform takes nothing for the moment, and the sweep sends it later. */
export interface Spoken {
  status: "said" | "pending" | "failed";
  messageSids: string[];
  /** Of what was not delivered, for an agent. */
  words?: string;
}

/**
 * Says something to the customer of a Conversation. No webhook hears of it, since it would start a Flow: on channels of
 * ours it is carried to the customer here, on all others Twilio does so.
 */
export async function speak(desk: Desk, conversationSid: string, speech: Speech): Promise<Spoken> {
  const conversation = await whoseConversation(desk, conversationSid);
  if (!conversation) return speakByTwilio(desk, conversationSid, speech);
  const { attributes = {}, body } = speech;
  const { sid: messageSid } = await postMessage(desk.twilio, conversationSid, speech);
  const { status, words } = await deliver(desk, conversation, { messageSid, attributes, body, files: [] });
  return { status: status === "sent" ? "said" : status, messageSids: [messageSid], ...(words ? { words } : {}) };
}

/** As the customer's channel shows it, in as many Messages as it takes. */
async function speakByTwilio(desk: Desk, conversationSid: string, { body, ...speech }: Speech): Promise<Spoken> {
  const customer = await findCustomer(desk.twilio, conversationSid);
  const channel = shownOn(customer && channelOfAddress(addressOf(customer)));
  const messageSids: string[] = [];
  for (const { text } of splitMessage(render(channel, body))) {
    const { sid } = await postMessage(desk.twilio, conversationSid, { ...speech, body: text });
    messageSids.push(sid);
  }
  return { status: "said", messageSids };
}

const shownOn = (channel: CustomerChannel = "web"): Channel => (channel === "web" ? "chat" : channel);
