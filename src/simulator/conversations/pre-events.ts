import { ApiError } from "../server/api-error";
import { callHook } from "../webhooks/call-hook";
import type { WebhookAnswer } from "../webhooks/send-webhook";
import type { World } from "../world";
import { mediaField, paramsOf, type ServiceEvent } from "./events";
import type { ConversationRow, NewMessage } from "./rows";
import { participantOfAuthor, webhookConfigurations } from "./store";

/** What is about to happen, and may be changed or refused. */
export interface PreEvent extends ServiceEvent {
  /** True when it calls webhooks: always for SDK, by header for REST. What Twilio's own products write calls none. */
  webhooks: boolean;
}

/** What a hook may put in place of what was sent, by Twilio's names in its answer. */
export type Replacement = Partial<Record<(typeof replaceable)[keyof typeof replaceable][number], string>>;

/** https://www.twilio.com/docs/conversations-classic/conversations-webhooks; of Participants and Users nothing is. */
const replaceable = {
  onConversationAdd: ["friendly_name"],
  onConversationUpdate: ["friendly_name"],
  onMessageAdd: ["body", "author", "attributes"],
  onMessageUpdate: ["body", "author", "attributes"],
} as const;

const FIELDS = { friendly_name: "FriendlyName", body: "Body", author: "Author", attributes: "Attributes" } as const;

/**
 * Asks the pre-event webhooks of the account, then the service's with what the account's made of it (which comes first,
 * and that both are asked, is unverified). A refusal throws. Undefined, with nothing to wait for, where nobody listens.
 */
export function before(world: World, event: PreEvent): Promise<Replacement> | undefined {
  if (!event.webhooks) return undefined;
  const listening = webhookConfigurations(world.conversations.store, event).flatMap(
    ({ preWebhookUrl: url, filters, method }) => (url && filters.includes(event.type) ? [{ url, method }] : []),
  );
  return listening.length > 0 ? askAll(world, event, listening) : undefined;
}

/** The same for a Message that is to be written. */
export function beforeMessage(world: World, conversation: ConversationRow, message: NewMessage) {
  const { author, source, webhooks } = message;
  const sender = author === undefined ? undefined : senderOf(world, conversation, author);
  return before(world, {
    type: "onMessageAdd",
    serviceSid: conversation.serviceSid,
    ...{ source, webhooks },
    ...(source === "SDK" && sender?.identity ? { clientIdentity: sender.identity } : {}),
    fields: newMessageFields(world, conversation, message),
  });
}

type Written = Pick<NewMessage, "author" | "body" | "mediaSids" | "attributes">;

export function newMessageFields(world: World, row: ConversationRow, message: Written): Record<string, string> {
  const { author = "system", body, mediaSids = [], attributes = "{}" } = message;
  const sender = senderOf(world, row, author);
  const media = mediaSids.map((sid) => world.media.find(sid)).filter((file) => file !== undefined);
  return {
    ConversationSid: row.sid,
    ...(body ? { Body: body } : {}),
    Author: author,
    ...(sender ? { ParticipantSid: sender.sid } : {}),
    Attributes: attributes,
    ...(media.length > 0 ? { Media: mediaField(media) } : {}),
  };
}

const senderOf = ({ conversations }: World, { sid }: ConversationRow, author: string) =>
  participantOfAuthor(conversations.store, sid, author);

async function askAll(world: World, event: PreEvent, listening: { url: string; method: string }[]) {
  let replaced: Replacement = {};
  for (const { url, method } of listening) {
    const answer = await callHook(world, {
      event: event.type,
      url,
      method,
      params: { ...paramsOf(world, event), ...asFields(replaced) },
      retries: world.webhookSettings.preRetryCount,
      countsTries: false,
      conversationSid: event.fields.ConversationSid,
    });
    replaced = { ...replaced, ...read(world, event, answer) };
  }
  return replaced;
}

/** What was replaced, in the spelling of fields and parameters. */
export function asFields(replaced: Replacement): Record<string, string> {
  const entries = Object.entries(replaced) as [keyof Replacement, string][];
  return Object.fromEntries(entries.map(([name, value]) => [FIELDS[name], value]));
}

/** Without an answer the event goes on as it was. Status and code of a refusal are unverified. */
function read(world: World, { type, fields }: PreEvent, { status, body }: WebhookAnswer): Replacement {
  if (status >= 400) throw new ApiError(403, 50056, `The pre-event webhook refused ${type}, with status ${status}`);
  const names: readonly (keyof Replacement)[] =
    type in replaceable ? replaceable[type as keyof typeof replaceable] : [];
  const json = status === 200 && body.trim() ? parse(body) : {};
  if (json === undefined || status !== 200) {
    world.log.add({
      kind: "warning",
      name: `${type} goes on unchanged: its pre-event webhook gave no answer that could be read`,
      ...(fields.ConversationSid ? { conversationSid: fields.ConversationSid } : {}),
    });
    return {};
  }
  return Object.fromEntries(names.flatMap((name) => (name in json ? [[name, text(name, json[name])]] : [])));
}

function text(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw new ApiError(400, 20001, `The pre-event webhook's ${name} is not a text`);
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === "object" && json !== null ? { ...json } : undefined;
  } catch {
    return undefined;
  }
}
