import { channelOfAddress, type TwilioChannel } from "../channels/addresses";
import { render } from "../channels/rich-text/render";
import { splitMessage } from "../channels/rich-text/write-rendered";
import { segmentsOf } from "../channels/segments";
import { ConflictError, InvalidInputError } from "../runtime/errors";
import { refusalOf } from "../runtime/twilio-client";
import { hasEarlierConversation } from "../twilio/conversations";
import { type MessageContent, newestMessages, type PostedMessage, postMessage } from "../twilio/messages";
import type { Desk } from "./desk";
import { mayWriteFreely } from "./read-window";

/** Channels on which agents may write first. */
export type OutboundChannel = Exclude<TwilioChannel, "web">;

export interface OutboundMessage {
  /** Our sender, on the customer's channel. */
  from: string;
  /** The customer's address. */
  to: string;
  /** What each Message of it says, in order: a text is rendered for its channel, and may take several. */
  parts: MessageContent[];
  /** The same for every try of the same click. */
  idempotencyKey: string;
}

/** Marks each Message with the click it came from, so that a repeat finds what is posted already. */
export interface Click {
  claim: string;
  /** The agent's identity. */
  author: string;
}

/** What an agent wrote in Flex's markdown, as the customer's channel shows it, in Messages that it carries whole. */
export function partsOf(channel: OutboundChannel, markdown: string): MessageContent[] {
  return splitMessage(render(channel, markdown)).map(({ text }) => ({ body: text }));
}

/** How many SMS it was paid as; undefined on other channels. */
export function segmentsIn(to: string, posted: readonly PostedMessage[]): number | undefined {
  if (channelOfAddress(to) !== "sms") return undefined;
  return posted.reduce((sum, { body }) => sum + segmentsOf(body), 0);
}

/** Messenger knows whom a page may write to: whoever has written to it. Asked once the customer is in a new Conversation. */
export async function refuseStranger(desk: Desk, { to }: OutboundMessage): Promise<void> {
  if (channelOfAddress(to) !== "messenger" || (await hasEarlierConversation(desk.twilio, to))) return;
  throw new ConflictError("never_wrote", "On Messenger only customers who have written to you can be written to.");
}

/** Without a message of theirs in the last 24 hours WhatsApp and Messenger take templates only. */
export async function refuseOutsideWindow(desk: Desk, conversationSid: string, { to, parts }: OutboundMessage) {
  const isFree = parts.some((part) => "body" in part);
  if (!isFree || (await mayWriteFreely(desk, conversationSid, to))) return;
  const words = "The customer has not written here in the last 24 hours. Send a template instead (contentSid).";
  throw new ConflictError("window_closed", words, { channel: channelOfAddress(to) ?? "" });
}

const LOOKED_AT = 50;

/** What of a click is posted, by the number of the part. */
export type Posted = ReadonlyMap<number, PostedMessage>;

export async function findPosted(desk: Desk, conversationSid: string, claim: string): Promise<Posted> {
  const rows = await newestMessages(desk.twilio, conversationSid, LOOKED_AT);
  const ours = rows.filter(({ attributes }) => attributes.outbound === claim);
  return new Map(ours.map(({ sid, body, attributes }) => [Number(attributes.part), { sid, body }]));
}

export const isWhole = ({ parts }: OutboundMessage, posted: Posted) => posted.size >= parts.length;

/** Posts the parts that are not posted yet, one after another, so that they arrive in order. Answers all of them. */
export async function postRest(
  desk: Desk,
  conversationSid: string,
  { parts }: OutboundMessage,
  { claim, author }: Click,
  already: Posted,
): Promise<PostedMessage[]> {
  const all: PostedMessage[] = [];
  for (const [part, content] of parts.entries()) {
    const attributes = { outbound: claim, part };
    const posted =
      already.get(part) ??
      (await postMessage(desk.twilio, conversationSid, { ...content, author, attributes, webhooks: true }).catch(
        refuseTemplate,
      ));
    all.push(posted);
  }
  return all;
}

/** https://www.twilio.com/docs/api/errors/21655 and its next. */
const BAD_TEMPLATE = 21655;
const BAD_VARIABLES = 21656;

function refuseTemplate(error: unknown): never {
  const code = refusalOf(error)?.code;
  if (code === BAD_TEMPLATE) throw new InvalidInputError("contentSid", "is no template of this account");
  if (code === BAD_VARIABLES) throw new InvalidInputError("contentVariables", "does not fit the template");
  throw error;
}
