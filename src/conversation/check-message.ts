import { type CustomerChannel, channelOfAddress } from "../channels/addresses";
import { type AttachedFile, type AttachmentReason, attachmentVerdict } from "../channels/attachment-verdict";
import type { Channel, Direction } from "../channels/channel";
import { isCustomChannel } from "../channels/custom-identity";
import { LIMITS, textSize } from "../channels/limits";
import { render } from "../channels/rich-text/render";
import { writeRendered } from "../channels/rich-text/write-rendered";
import { remember } from "../runtime/remember";
import type { Desk } from "./desk";
import { addressOf, findCustomer } from "./find-customer";

/** What somebody at a client SDK is about to publish. */
export interface ComingMessage {
  conversationSid: string;
  author: string;
  body: string;
  files: readonly AttachedFile[];
}

/** To be published as it is, in other words, or not at all. */
export type Checked =
  | { as: "it is" }
  | { as: "words"; body: string }
  | { as: "refused"; reason: AttachmentReason; words: string };

/**
 * Holds what agents and guests of web chats publish against the channel that the customer is on: a file that could not
 * reach them is refused, and an agent's markdown written as their channel shows it. Of what comes from a phone nothing
 * is looked at.
 */
export async function checkMessage(desk: Pick<Desk, "twilio" | "now">, message: ComingMessage): Promise<Checked> {
  const from = channelOfAddress(message.author);
  if (from && from !== "web") return PUBLISH;
  if (from === "web") return judge(message, "chat", "fromCustomer") ?? PUBLISH;
  if (message.files.length === 0 && !dependsOnChannel(message.body)) return PUBLISH;
  const customer = await customerOf(desk, message.conversationSid);
  if (!customer) return PUBLISH;
  const channel = customer.channel === "web" ? "chat" : customer.channel;
  return judge(message, channel, "toCustomer", customer.address) ?? reword(message.body, channel);
}

const PUBLISH: Checked = { as: "it is" };

/** The first thing that is wrong with its files. */
function judge(
  { files, body }: ComingMessage,
  channel: Channel,
  direction: Direction,
  customer?: string,
): Checked | undefined {
  const bytesInAll = files.reduce((sum, { size }) => sum + size, 0);
  for (const file of files) {
    const context = { count: files.length, bytesInAll, withText: body.trim() !== "", customer };
    const verdict = attachmentVerdict(channel, direction, file, context);
    if (!verdict.ok) return { as: "refused", reason: verdict.reason, words: verdict.words };
  }
  return undefined;
}

/** Web chat shows Flex's markdown, and what we carry ourselves is written for its channel on the way. */
const isAsWritten = (channel: Channel) => channel === "chat" || isCustomChannel(channel);

function reword(body: string, channel: Channel): Checked {
  const words = isAsWritten(channel) ? body : wordsFor(channel, body);
  return words === body ? PUBLISH : { as: "words", body: words };
}

/** What is too long for one Message stays as it is: here it cannot be split, and its receipt will say so. */
function wordsFor(channel: Channel, body: string): string {
  const { text } = writeRendered(render(channel, body));
  const { most, unit } = LIMITS[channel].toCustomer.text;
  return text.trim() !== "" && textSize(text, unit) <= most ? text : body;
}

/** Most of what agents write reads the same everywhere: then nobody needs to be asked where the customer is. */
const dependsOnChannel = (body: string) => PHONES.some((channel) => wordsFor(channel, body) !== body);
const PHONES = ["sms", "whatsapp", "messenger"] as const;

interface Customer {
  channel: CustomerChannel;
  address: string;
}

const customers = remember<Customer>({ most: 1_000, forMs: 60_000 });

async function customerOf({ twilio, now }: Pick<Desk, "twilio" | "now">, conversationSid: string) {
  const known = customers.recall(conversationSid, now());
  if (known) return known;
  const member = await findCustomer(twilio, conversationSid);
  const address = member && addressOf(member);
  const channel = address && channelOfAddress(address);
  if (!channel) return undefined;
  const customer = { channel, address };
  customers.keep(conversationSid, customer, now());
  return customer;
}
