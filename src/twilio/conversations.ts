import * as z from "zod/mini";
import type { TwilioClient } from "../runtime/twilio-client";

/** What we read of a Conversation. */
export interface ConversationSummary {
  state: string;
  friendlyName: string;
  attributes: Record<string, unknown>;
}

export async function fetchConversation(twilio: TwilioClient, sid: string): Promise<ConversationSummary> {
  const { state, friendlyName, attributes } = await twilio.conversations.v1.conversations(sid).fetch();
  return { state, friendlyName: friendlyName ?? "", attributes: readAttributes(attributes) };
}

/** Whether an address has written to us before, told by a second Conversation. Bounded: two rows, however long its history. */
export async function hasEarlierConversation(twilio: TwilioClient, address: string): Promise<boolean> {
  const rows = await twilio.conversations.v1.participantConversations.list({ address, limit: 2, pageSize: 2 });
  return rows.length > 1;
}

const object = z.record(z.string(), z.unknown());

/** Attributes arrive as JSON text; what is no object counts as empty. */
function readAttributes(json: string): Record<string, unknown> {
  try {
    const parsed = object.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}
