import { createDeliveries, type Deliveries } from "../platforms/deliveries";
import type { WebhookAnswer } from "../webhooks/send-webhook";
import type { World } from "../world";
import type { BotRow, Wire } from "./rows";

/** What the bot is told of what happens. */
export interface Updates {
  /** Numbers an event and brings it, unless the bot does not want its kind. */
  add(kind: string, event: Wire, user: number): void;
  /** Brings these very bytes. */
  addRaw(body: string): void;
  readonly deliveries: Deliveries;
}

/** Kinds that come only to bots that ask for them: https://core.telegram.org/bots/api#setwebhook */
const ON_REQUEST = ["chat_member", "message_reaction", "message_reaction_count"];

/** Not kept longer: https://core.telegram.org/bots/api#getting-updates */
const KEPT_S = 24 * 3600;
/** Telegram says that it tries again and gives up some time: that its pauses double, and up to what, is unverified. */
const LONGEST_PAUSE_S = 600;

export function createUpdates(world: World, bot: BotRow, carryOut: (call: string) => Promise<void>): Updates {
  const deliveries = createDeliveries(world, {
    platform: "telegram",
    timeoutMs: 60_000,
    target() {
      if (!bot.webhook) return undefined;
      const { url, secretToken } = bot.webhook;
      const headers: Record<string, string> = secretToken ? { "x-telegram-bot-api-secret-token": secretToken } : {};
      return { url, headers };
    },
    most: () => bot.webhook?.maxConnections ?? 1,
    accepts: ({ status }) => status >= 200 && status < 300,
    // An answer may be a method call: https://core.telegram.org/bots/api#making-requests-when-getting-updates
    accepted: (_, { body }) => carryOut(body),
    refused(_, answer) {
      bot.lastError = { at: world.clock.now(), message: wordsFor(answer) };
    },
    pause({ attempts, at }) {
      const pause = Math.min(2 ** (attempts - 1), LONGEST_PAUSE_S);
      return world.clock.ms() + pause * 1000 < at.getTime() + KEPT_S * 1000 ? pause : undefined;
    },
  });

  function isWanted(kind: string): boolean {
    const allowed = bot.webhook?.allowedUpdates;
    return allowed ? allowed.includes(kind) : !ON_REQUEST.includes(kind);
  }

  function bring(event: string, user: number | undefined, bodyOf: (id: number) => string) {
    bot.lastUpdateId += 1;
    const body = bodyOf(bot.lastUpdateId);
    deliveries.add({ id: String(bot.lastUpdateId), event, body, user: String(user ?? "") });
  }

  return {
    deliveries,
    add(kind, event, user) {
      if (isWanted(kind)) bring(kind, user, (id) => JSON.stringify({ update_id: id, [kind]: event }));
    },
    addRaw: (body) => bring("update", undefined, () => body),
  };
}

function wordsFor({ status, failure }: WebhookAnswer): string {
  if (status > 0) return `Wrong response from the webhook: ${status}`;
  return failure === "timeout" ? "Read timeout expired" : "Connection refused";
}
