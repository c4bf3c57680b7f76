import * as z from "zod/mini";
import { isReachable, isThisMachine } from "../platforms/reachable";
import type { World } from "../world";
import type { Customers } from "./customers";
import { CHAT_HOST, type Events } from "./events";
import type { BotRow, CustomerRow } from "./rows";
import { badData, missing, ViberError } from "./viber-error";
import { userWire } from "./wire";
import { Double, type JsonObject } from "./write-json";

/** https://developers.viber.com/docs/api/rest-bot-api/#webhooks */
const SELECTABLE = ["delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started"];
const eventTypes = z.optional(z.array(z.enum([...SELECTABLE, "message", "webhook"])));

/** Twice in twelve hours for each user: https://developers.viber.com/docs/api/rest-bot-api/#get-user-details */
const MOST_DETAILS = 2;
const DETAILS_MS = 12 * 3_600_000;

interface Parts {
  world: World;
  bot: BotRow;
  events: Events;
  customers: Customers;
}

export function accountMethods({ world, bot, events, customers }: Parts) {
  const { viberBot } = world.account;
  return {
    async set_webhook({ url, event_types }: Record<string, unknown>): Promise<JsonObject> {
      if (typeof url !== "string") throw missing("url");
      const wanted = eventTypes.safeParse(event_types);
      if (!wanted.success) throw badData("event_types");
      if (url === "") {
        bot.webhook = null;
        return { chat_hostname: CHAT_HOST };
      }
      refuseUrl(url);
      const { status } = await events.probe(url);
      if (status !== 200) throw new ViberError("invalidUrl", `the webhook answered ${status || "nothing"}`);
      bot.webhook = { url, eventTypes: wanted.data ?? SELECTABLE };
      return { chat_hostname: CHAT_HOST, event_types: ["message", ...bot.webhook.eventTypes] };
    },
    get_account_info: (): JsonObject => ({
      ...{ id: viberBot.id, chat_hostname: CHAT_HOST, name: viberBot.name, uri: viberBot.uri },
      icon: "https://media-direct.cdn.viber.com/pg_download?pgtp=icons&dlid=0-04-01-42&fltp=jpg&imsz=0000",
      category: "Companies, Brands & Products",
      subcategory: "IT",
      location: { lat: new Double(37), lon: new Double(-122.4) },
      country: "US",
      webhook: bot.webhook?.url,
      event_types: bot.webhook?.eventTypes,
      subscribers_count: customers.subscribers(),
    }),
    get_user_details({ id }: Record<string, unknown>): JsonObject {
      if (typeof id !== "string") throw missing("id");
      const row = customers.find(id);
      if (!row) throw new ViberError("receiverNotRegistered");
      if (!row.subscribed) throw new ViberError("receiverNotSubscribed");
      countAsked(row, world.clock.now());
      return {
        chat_hostname: CHAT_HOST,
        user: { ...userWire(row), primary_device_os: "android 14", mcc: 310, mnc: 260 },
      };
    },
  };
}

function refuseUrl(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url) throw new ViberError("invalidUrl");
  if (url.protocol !== "https:" && !isThisMachine(url)) throw new ViberError("invalidUrl", "it must be https");
  if (!isReachable(url)) throw new ViberError("invalidUrl", "its host is out of the simulator's reach");
}

function countAsked(row: CustomerRow, now: Date): void {
  row.detailsAsked = row.detailsAsked.filter((at) => now.getTime() - at.getTime() < DETAILS_MS);
  if (row.detailsAsked.length >= MOST_DETAILS) throw new ViberError("tooManyRequests");
  row.detailsAsked.push(now);
}
