import { channelOfAddress } from "../channels/addresses";
import { customerOf } from "../channels/custom-identity";
import { type Settings, textsOn } from "../config/settings";
import { fetchConversation } from "../twilio/conversations";
import { type MessageContent, postMessage } from "../twilio/messages";
import type { Desk } from "./desk";
import { mayWriteFreely } from "./read-window";
import { settingsOf } from "./settings-of";
import type { Routing } from "./state";

/** What we tell customers outside of Flows. */
export type Notice = "nobody";

/**
 * Tells a customer something, in their language: by a text, or, when their channel's window has closed, by the template that
 * an administrator has set for it. False when neither may go.
 */
export async function postNotice(
  desk: Desk,
  conversationSid: string,
  notice: Notice,
  { address, attributes }: Routing,
): Promise<boolean> {
  const [settings, conversation, free] = await Promise.all([
    settingsOf(desk),
    fetchConversation(desk.twilio, conversationSid),
    mayWriteFreely(desk, conversationSid, address),
  ]);
  const wanted = String(attributes.language ?? conversation.attributes.language ?? settings.defaultLanguage);
  const { language, texts } = textsOn(settings, channelOfAddress(address) ?? "", wanted);
  const content: MessageContent | undefined = free ? { body: texts[notice] } : templateFor(settings, notice, language);
  if (!content) {
    desk.log.warn("notice_skipped", { conversationSid, code: "window_closed", notice });
    return false;
  }
  // On channels of ours the relay's hook carries it to the customer.
  const webhooks = customerOf(address) !== undefined;
  await postMessage(desk.twilio, conversationSid, { ...content, attributes: { notice }, webhooks });
  return true;
}

function templateFor({ templates, defaultLanguage }: Settings, notice: Notice, language: string) {
  const contentSid = templates[language]?.[notice] ?? templates[defaultLanguage]?.[notice];
  return contentSid === undefined ? undefined : { contentSid };
}
