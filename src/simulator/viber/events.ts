import { createHmac } from "node:crypto";
import { createDeliveries, type Deliveries } from "../platforms/deliveries";
import type { WebhookAnswer } from "../webhooks/send-webhook";
import type { World } from "../world";
import type { BotRow } from "./rows";
import { nextToken } from "./tokens";
import { type JsonObject, writeJson } from "./write-json";

/** What the bot is told: https://developers.viber.com/docs/api/rest-bot-api/#callbacks */
export interface Events {
  /** Brings an event, unless the bot does not want its kind; about a message there was, when its token is given. */
  add(event: string, user: string, fields: JsonObject, token?: string): void;
  /** Brings these very bytes, signed. */
  addRaw(body: string): void;
  /** How many events the bot has not taken in. */
  waiting(): number;
  /** Whether a webhook that is to be set answers. */
  probe(url: string): Promise<WebhookAnswer>;
}

/** These come whatever was asked for. */
const ALWAYS = ["message", "subscribed", "unsubscribed"];

/** Seconds: https://developers.viber.com/docs/api/rest-bot-api/#callbacks; those after the fifth are unverified. */
const PAUSES_S = [10, 60, 300, 600, 900, 900, 900, 900, 900, 900];

/** The servers that say so were seen; which one it is means nothing. */
export const CHAT_HOST = "SN-CHAT-05_";
const CALLBACK_HOST = "SN-CALLBACK-04_";

export function createEvents(
  world: World,
  bot: BotRow,
  accepted: (event: string, user: string, token: string, answer: string) => void,
): Events {
  const { token: authToken } = world.account.viberBot;

  function signed(url: string, body: string) {
    const signature = createHmac("sha256", authToken).update(body).digest("hex");
    const address = new URL(url);
    // The same again, where headers are out of a bot's sight.
    address.search = [address.search.slice(1), `sig=${signature}`].filter(Boolean).join("&");
    return { url: address.href, headers: { "x-viber-content-signature": signature } };
  }

  const deliveries: Deliveries = createDeliveries(world, {
    platform: "viber",
    timeoutMs: 30_000,
    target: ({ body }) => (bot.webhook ? signed(bot.webhook.url, body) : undefined),
    most: () => Number.POSITIVE_INFINITY,
    accepts: ({ status }) => status === 200,
    accepted: ({ event, user, id }, { body }) => accepted(event, user, id.split(" ")[1] ?? "", body),
    pause: ({ attempts }) => PAUSES_S[attempts - 1],
  });

  function write(event: string, token: string, fields: JsonObject): string {
    const head = { event, timestamp: Math.floor(world.clock.ms()), chat_hostname: CALLBACK_HOST };
    return writeJson({ ...head, message_token: BigInt(token), ...fields }, world.switches.viberWritesJson);
  }

  return {
    add(event, user, fields, token = nextToken(world, bot)) {
      if (!bot.webhook) {
        world.log.add({ kind: "warning", name: `viber has no webhook to tell of a ${event}` });
      } else if (ALWAYS.includes(event) || bot.webhook.eventTypes.includes(event)) {
        deliveries.add({ id: `${event} ${token}`, event, user, body: write(event, token, fields) });
      }
    },
    addRaw(body) {
      deliveries.add({ id: `raw ${nextToken(world, bot)}`, event: "raw", user: "", body });
    },
    waiting: () => deliveries.waiting.size,
    probe(url) {
      const text = write("webhook", nextToken(world, bot), {});
      const content = { type: "application/json", text };
      return world.sendWebhook({ name: "viber webhook", ...signed(url, text), content, params: {}, timeoutMs: 30_000 });
    },
  };
}
