import type { Failure, Platform, PlatformCall, PlatformRequest } from "../platforms/platform";
import type { ApiReply } from "../server/routes";
import type { World } from "../world";
import { accountMethods } from "./account-methods";
import { customerEnds, type ViberCustomer } from "./customer";
import { createCustomers } from "./customers";
import { CHAT_HOST, createEvents } from "./events";
import { createHandOver } from "./hand-over";
import { idOf } from "./identity";
import { createMediaHost, MEDIA_HOST } from "./media-host";
import { readMessage } from "./read-message";
import type { BotRow, CustomerRow } from "./rows";
import { nextToken } from "./tokens";
import { badData, missing, nameOf, ViberError } from "./viber-error";
import { type JsonObject, writeJson } from "./write-json";

/** Viber with one bot, and its users: https://developers.viber.com/docs/api/rest-bot-api/ */
export interface Viber extends Platform {
  customer(identity: string): ViberCustomer | undefined;
  /** A user by the id that Viber gave them. */
  user(id: string): ViberCustomer;
  /** Brings these very bytes to the webhook, signed. */
  sendRaw(event: string): void;
}

type Fields = Record<string, unknown>;
type Methods = Record<string, (fields: Fields) => JsonObject | Promise<JsonObject>>;

/** https://developers.viber.com/docs/api/rest-bot-api/#send-message */
const LONGEST_REQUEST = 30 * 1024;
/** To a user who does not answer: https://creators.viber.com/docs/bots-api/resources/messaging/send-message */
const MOST_UNANSWERED = 100;
const HOUR_MS = 3_600_000;

export function createViber(world: World): Viber {
  const { viberBot } = world.account;
  const bot = world.memory.keep<BotRow>("viber bot", { webhook: null, tokens: 0 });
  const customers = createCustomers(world);
  const media = createMediaHost(world);
  const events = createEvents(world, bot, taken);
  const handOver = createHandOver(world, customers, events);
  const ends = customerEnds({ world, bot, customers, events, handOver, media });
  const methods: Methods = { ...accountMethods({ world, bot, events, customers }), send_message };

  /** What the bot took in is delivered to it; and to who opens the conversation it may answer with a welcome. */
  function taken(event: string, user: string, token: string, answer: string) {
    if (event === "message") events.add("delivered", user, { user_id: user }, token);
    if (event !== "conversation_started" || !answer.trim()) return;
    try {
      send(user, readObject(answer));
    } catch (error) {
      world.log.add({ kind: "warning", name: `viber shows no welcome: ${String(error)}` });
    }
  }

  function send_message(fields: Fields): JsonObject {
    if (!bot.webhook) throw new ViberError("webhookNotSet");
    const { receiver } = fields;
    if (typeof receiver !== "string" || receiver === "") throw missing("receiver");
    const row = customers.find(receiver);
    if (!row) throw new ViberError("receiverNotRegistered");
    if (!row.subscribed) throw new ViberError("receiverNotSubscribed");
    if (world.switches.rateLimits) countUnanswered(row, world.clock.now());
    return { message_token: BigInt(send(receiver, fields)), chat_hostname: CHAT_HOST, billing_status: 1 };
  }

  function send(user: string, fields: Fields): string {
    const message = readMessage(fields, world.switches);
    const token = nextToken(world, bot);
    handOver.add({ token, user, ...message });
    return token;
  }

  function callOf({ method, url, headers, body }: PlatformRequest): PlatformCall {
    const [, asked] = /^\/pa\/(\w+)$/.exec(url.pathname) ?? [];
    const run = asked === undefined ? undefined : methods[asked];
    const answer = async (): Promise<ApiReply> => {
      if (asked === undefined || method !== "POST") return { status: 404, text: "" };
      if (!run) return { status: 501, body: { status: 501, status_message: `The simulator does not serve ${asked}` } };
      return reply(async () => {
        if (body.length > LONGEST_REQUEST) throw badData("the request is longer than 30 KB");
        const fields = readObject(body.toString() || "{}");
        if ((headers["x-viber-auth-token"] ?? fields.auth_token) !== viberBot.token)
          throw new ViberError("invalidAuthToken");
        return run(fields);
      });
    };
    return { name: `viber ${asked ?? method}`, path: url.pathname, answer };
  }

  async function reply(run: () => JsonObject | Promise<JsonObject>): Promise<ApiReply> {
    const fields = await Promise.resolve()
      .then(run)
      .then(
        (answer): JsonObject => ({ status: 0, status_message: "ok", ...answer }),
        (error: unknown): JsonObject => {
          if (error instanceof ViberError) return { status: error.status, status_message: error.message };
          throw error;
        },
      );
    return written(200, fields);
  }

  const written = (status: number, fields: JsonObject): ApiReply => ({
    status,
    text: writeJson(fields, world.switches.viberWritesJson),
  });

  return {
    name: "viber",
    call(request) {
      if (request.host === MEDIA_HOST) return media.call(request);
      return request.host === "chatapi.viber.com" ? callOf(request) : nothingAt(request);
    },
    waiting: events.waiting,
    /** Viber's own codes come with 200; what its edge refuses, with a status and no JSON. */
    refusal({ status, code = 0, retryAfter }: Failure) {
      const name = nameOf(code);
      if (name && code > 0) return written(200, { status: code, status_message: name });
      return { status, text: "", ...(retryAfter ? { headers: { "retry-after": String(retryAfter) } } : {}) };
    },
    customer(identity) {
      const id = idOf(identity);
      return id === undefined ? undefined : ends(id);
    },
    user: ends,
    sendRaw: events.addRaw,
  };
}

function nothingAt({ method, url }: PlatformRequest): PlatformCall {
  return { name: `viber ${method}`, path: url.pathname, answer: () => ({ status: 404, text: "" }) };
}

function readObject(text: string): Fields {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  } catch {
    // Said below.
  }
  throw badData("it is no JSON object");
}

function countUnanswered(row: CustomerRow, now: Date): void {
  row.unanswered = row.unanswered.filter((at) => now.getTime() - at.getTime() < HOUR_MS);
  if (row.unanswered.length >= MOST_UNANSWERED) throw new ViberError("tooManyRequests");
  row.unanswered.push(now);
}
