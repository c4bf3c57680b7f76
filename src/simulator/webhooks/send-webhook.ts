import { request } from "node:http";
import { getExpectedBodyHash, getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";
import type { EventLog } from "../event-log";
import type { Account } from "../seeds";
import type { Work } from "../work";

export interface Webhook {
  /** What is calling, for the log: `Conversations onMessageAdded`, `Studio run-function`. */
  name: string;
  url: string;
  method?: "GET" | "POST";
  params: Record<string, string | string[]>;
  /** Posted instead of the parameters. */
  content?: { type: string; text: string };
  /** Sent as Basic authentication. */
  login?: readonly [user: string, password: string];
  /** False for the few that may carry no signature. */
  signed?: boolean;
  /** Of a caller that is not Twilio: the call has these, and nothing of Twilio's. */
  headers?: Record<string, string>;
  /** How long Twilio waits for the answer. */
  timeoutMs: number;
  /** SIDs for the log. */
  about?: { conversationSid?: string; executionSid?: string; taskSid?: string };
}

/** `status` 0 means that no answer came; `failure` then says why. */
export interface WebhookAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** The body as it came. */
  content?: Buffer;
  failure?: "timeout" | "refused";
}

export type SendWebhook = (webhook: Webhook) => Promise<WebhookAnswer>;

/** Answers in place of the host that a webhook is for; undefined lets it go its way. */
export type StandIn = (webhook: Webhook) => WebhookAnswer | undefined;

interface Surroundings {
  account: Account;
  log: EventLog;
  work: Work;
  /** The simulator's own port, where its Functions are served. */
  port(): number;
  standIn?: StandIn;
}

const FORM = "application/x-www-form-urlencoded; charset=UTF-8";
const NO_ANSWER = { status: 0, headers: {}, body: "" };
const REFUSED: WebhookAnswer = { ...NO_ANSWER, failure: "refused" };

/**
 * Sends Twilio's webhooks, signed as Twilio signs form posts (https://www.twilio.com/docs/usage/webhooks/webhooks-security).
 * They go to this account's Functions, to Twilio as it is simulated here, and to programs on this machine; any other
 * host is refused and logged.
 */
export function webhookSender({ account, log, work, port, standIn }: Surroundings): SendWebhook {
  async function send({
    url: address,
    method = "POST",
    params,
    content = { type: FORM, text: toForm(params).toString() },
    login,
    timeoutMs,
    signed = true,
    headers,
  }: Webhook): Promise<WebhookAnswer> {
    if (!URL.canParse(address)) return REFUSED;
    const url = new URL(address);
    const target = addressOf(url, port());
    if (!target) return REFUSED;
    if (headers) return work.track(post({ target, url, method, content, headers, timeoutMs }));
    const isForm = content.type === FORM;
    // A body that is no form is signed by its hash, which is in the URL.
    const extra = method === "GET" ? content.text : isForm ? "" : `bodySHA256=${getExpectedBodyHash(content.text)}`;
    url.search = [url.search.slice(1), extra].filter(Boolean).join("&");
    const signature = signed
      ? getExpectedTwilioSignature(account.authToken, url.href, method === "POST" && isForm ? params : {})
      : undefined;
    const twilios = {
      "user-agent": "TwilioProxy/1.1",
      accept: "*/*",
      ...(signature ? { "x-twilio-signature": signature } : {}),
      ...(login ? { authorization: `Basic ${Buffer.from(login.join(":")).toString("base64")}` } : {}),
    };
    return work.track(post({ target, url, method, content, headers: twilios, timeoutMs }));
  }

  return async (webhook) => {
    const startedAt = performance.now();
    const answer = standIn?.(webhook) ?? (await send(webhook));
    log.add({
      kind: "webhook",
      name: webhook.name,
      status: answer.status,
      ms: Math.round(performance.now() - startedAt),
      ...webhook.about,
      data: { url: webhook.url, params: webhook.params, ...(answer.failure ? { failure: answer.failure } : {}) },
    });
    return answer;
  };
}

function addressOf(url: URL, port: number) {
  if (/\.(twil\.io|twilio\.com)$/.test(url.hostname)) return { host: "127.0.0.1", port };
  if (["localhost", "127.0.0.1", "[::1]"].includes(url.hostname))
    return { host: url.hostname.replace(/^\[|\]$/g, ""), port: Number(url.port) || 80 };
  return undefined;
}

function toForm(params: Webhook["params"]): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) for (const one of [value].flat()) form.append(name, one);
  return form;
}

interface Posting {
  target: { host: string; port: number };
  url: URL;
  method: "GET" | "POST";
  content: { type: string; text: string };
  headers: Record<string, string>;
  timeoutMs: number;
}

function post({ target, url, method, content, headers, timeoutMs }: Posting): Promise<WebhookAnswer> {
  return new Promise((resolve) => {
    const outgoing = request({
      ...target,
      method,
      path: url.pathname + url.search,
      headers: {
        host: url.host,
        ...headers,
        ...(method === "POST"
          ? { "content-type": content.type, "content-length": Buffer.byteLength(content.text) }
          : {}),
      },
    });
    const end = (answer: WebhookAnswer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    const timer = setTimeout(() => {
      end({ ...NO_ANSWER, failure: "timeout" });
      outgoing.destroy();
    }, timeoutMs);
    outgoing.on("error", () => end(REFUSED));
    outgoing.on("response", (response) => {
      response.on("error", () => end(REFUSED));
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const headers = Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
        );
        const content = Buffer.concat(chunks);
        end({ status: response.statusCode ?? 0, headers, body: content.toString(), content });
      });
    });
    outgoing.end(method === "POST" ? content.text : undefined);
  });
}
