import type { World } from "../world";
import { mediaOf, prefixFor } from "./media";
import type { MessageRow } from "./rows";
import { messageSegments } from "./segments";
import type { MessagingStore } from "./store";

export interface InboundMessage {
  from: string;
  to: string;
  body: string;
  /** Files, by what their bytes are kept under. */
  media?: readonly { contentType: string; sha256: string }[];
}

/** Who hears what comes to a sender: the webhook of a number, or of its Messaging Service. */
interface Listener {
  url: string;
  method: "GET" | "POST";
  fallback: { url: string; method: "GET" | "POST" } | undefined;
}

/** https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides */
export const WEBHOOK_TIMEOUT_MS = 15_000;
export const API_VERSION = "2010-04-01";

export function receiveMessage(
  world: World,
  store: MessagingStore,
  { from, to, body, media = [] }: InboundMessage,
): MessageRow {
  const now = world.clock.now();
  const row: MessageRow = {
    sid: world.newSid(prefixFor(from, media.length)),
    direction: "inbound",
    ...{ from, to, body },
    media: media.map((file) => mediaOf(world, file)),
    messagingServiceSid: world.senders.numberAt(to)?.pool?.serviceSid ?? null,
    approved: false,
    statusCallback: null,
    status: "received",
    errorCode: 0,
    sentAt: now,
    createdAt: now,
    updatedAt: now,
  };
  store.messages.set(row.sid, row);
  const listener = listenerOf(world, store, to);
  if (listener) world.work.later(() => tell(world, listener, row));
  return row;
}

/**
 * A Messaging Service's webhook stands before its numbers' own, unless it leaves the word to them; without a URL it
 * takes nothing in: https://www.twilio.com/docs/messaging/api/service-resource
 */
export function listenerOf(world: World, store: MessagingStore, sender: string): Listener | undefined {
  const number = world.senders.numberAt(sender);
  if (!number) return undefined;
  const service = store.services.get(number.pool?.serviceSid ?? "");
  if (service && !service.useInboundWebhookOnNumber) {
    const { inboundRequestUrl, inboundMethod, fallbackUrl, fallbackMethod } = service;
    return listener(inboundRequestUrl, inboundMethod, fallbackUrl, fallbackMethod);
  }
  const { SmsUrl, SmsMethod, SmsFallbackUrl, SmsFallbackMethod } = number.settings;
  return listener(SmsUrl, SmsMethod, SmsFallbackUrl, SmsFallbackMethod);
}

const verb = (name: string): "GET" | "POST" => (name === "GET" ? "GET" : "POST");

function listener(
  url: string | null,
  method: string,
  fallbackUrl: string | null,
  fallbackMethod: string,
): Listener | undefined {
  if (!url) return undefined;
  const fallback = fallbackUrl ? { url: fallbackUrl, method: verb(fallbackMethod) } : undefined;
  return { url, method: verb(method), fallback };
}

/** https://www.twilio.com/docs/messaging/guides/webhook-request; where customers are, Twilio guesses and this does not. */
async function tell(world: World, { url, method, fallback }: Listener, row: MessageRow): Promise<void> {
  const params = {
    MessageSid: row.sid,
    SmsSid: row.sid,
    SmsMessageSid: row.sid,
    AccountSid: world.account.sid,
    ...(row.messagingServiceSid ? { MessagingServiceSid: row.messagingServiceSid } : {}),
    From: String(row.from),
    To: row.to,
    Body: row.body,
    NumMedia: String(row.media.length),
    ...mediaFields(world, row),
    NumSegments: String(messageSegments(row)),
    SmsStatus: row.status,
    ApiVersion: API_VERSION,
  };
  const name = "Messaging inbound message";
  const answer = await world.sendWebhook({ name, url, method, params, timeoutMs: WEBHOOK_TIMEOUT_MS });
  const failed = answer.status < 200 || answer.status >= 400;
  if (/<(Message|Redirect)\b/.test(answer.body)) {
    world.log.add({ kind: "warning", name: `TwiML is not carried out: the answer of ${url} sends nothing` });
  }
  if (!failed || !fallback) return;
  // 11200 for any failure: https://www.twilio.com/docs/api/errors/11200
  const failure = { ErrorCode: "11200", ErrorUrl: url };
  await world.sendWebhook({
    name: `${name}, fallback`,
    ...fallback,
    params: { ...params, ...failure },
    timeoutMs: WEBHOOK_TIMEOUT_MS,
  });
}

/** Their URLs ask for the account's credentials: https://www.twilio.com/docs/messaging/api/media-resource */
function mediaFields({ account }: World, { sid: messageSid, media }: MessageRow): Record<string, string> {
  const root = `https://api.twilio.com/${API_VERSION}/Accounts/${account.sid}/Messages/${messageSid}/Media`;
  return Object.fromEntries(
    media.flatMap(({ sid, contentType }, index) => [
      [`MediaContentType${index}`, contentType],
      [`MediaUrl${index}`, `${root}/${sid}`],
    ]),
  );
}
