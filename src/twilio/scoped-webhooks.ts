import * as z from "zod/mini";
import type { TwilioClient } from "../runtime/twilio-client";
import { ignoreMissing } from "./conversations";

export interface ScopedWebhook {
  sid: string;
  target: string;
  url: string;
  createdAt: Date;
}

/** At most five hang on a Conversation: https://www.twilio.com/docs/conversations-classic/api/conversation-scoped-webhook-resource */
const MOST = 5;

const configuration = z.object({ url: z._default(z.string(), "") });

export async function listHooks(twilio: TwilioClient, conversationSid: string): Promise<ScopedWebhook[]> {
  const rows = await twilio.conversations.v1.conversations(conversationSid).webhooks.list({ limit: MOST });
  return rows.map((row) => {
    const parsed = configuration.safeParse(row.configuration);
    return { sid: row.sid, target: row.target, url: parsed.success ? parsed.data.url : "", createdAt: row.dateCreated };
  });
}

/** Has every Message of a Conversation sent to one of our Functions. */
export async function addMessageHook(twilio: TwilioClient, conversationSid: string, url: string): Promise<void> {
  await twilio.conversations.v1.conversations(conversationSid).webhooks.create({
    target: "webhook",
    "configuration.url": url,
    "configuration.method": "post",
    "configuration.filters": ["onMessageAdded"],
  });
}

/** Has every Message of a Conversation begin an Execution of a Flow, or go on in the one that waits; answers the hook's SID. */
export async function addStudioHook(twilio: TwilioClient, conversationSid: string, flowSid: string): Promise<string> {
  const { webhooks } = twilio.conversations.v1.conversations(conversationSid);
  return (await webhooks.create({ target: "studio", "configuration.flowSid": flowSid })).sid;
}

/** Has a hook call another URL; what it listens to stays. */
export async function repointHook(
  twilio: TwilioClient,
  conversationSid: string,
  sid: string,
  url: string,
): Promise<void> {
  await twilio.conversations.v1.conversations(conversationSid).webhooks(sid).update({ "configuration.url": url });
}

export async function removeHook(twilio: TwilioClient, conversationSid: string, sid: string): Promise<void> {
  await ignoreMissing(twilio.conversations.v1.conversations(conversationSid).webhooks(sid).remove());
}
