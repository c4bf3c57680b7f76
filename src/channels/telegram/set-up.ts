import * as z from "zod/mini";
import type { Deadline } from "../../runtime/deadline";
import { readEnv, type Variables } from "../../runtime/env";
import { type ChannelConnector, type ChannelSetUp, SetUpError } from "../set-up";
import { type BotApi, callBotApi } from "./bot-api";
import { UPDATES } from "./parse";
import { telegramEnv, telegramSecrets } from "./settings";

export const telegramConnector: ChannelConnector = {
  secret: "TELEGRAM_SECRET_TOKEN",
  env: z.extend(telegramEnv, telegramSecrets.shape),
  events: UPDATES,
  setUp: telegramSetUp,
};

/** Fewer at once than Functions of one service run: https://www.twilio.com/docs/serverless/functions-assets/limits */
const MOST_AT_ONCE = 20;

/** https://core.telegram.org/bots/api#getting-updates */
export function telegramSetUp(variables: Variables, deadline: Deadline): ChannelSetUp {
  const api = { token: readEnv(telegramEnv, variables).TELEGRAM_BOT_TOKEN, deadline };
  return {
    async connect(url, secret) {
      const fields = { url, secret_token: secret, allowed_updates: UPDATES, max_connections: MOST_AT_ONCE };
      await ask(api, "setWebhook", fields);
    },
    async status() {
      const [account, webhook] = await Promise.all([ask(api, "getMe"), ask(api, "getWebhookInfo")]);
      return { account: nameOf(account), ...seen(webhook) };
    },
    async disconnect() {
      await ask(api, "deleteWebhook");
    },
  };
}

/** Telegram's descriptions are for those who run a bot. */
async function ask(api: BotApi, method: string, fields: Record<string, unknown> = {}): Promise<unknown> {
  const answer = await callBotApi(api, method, fields).catch((cause: unknown) => {
    throw new SetUpError("telegram", `${method} got no answer`, cause);
  });
  if (answer.ok) return answer.result;
  const problem = answer.description.replaceAll(api.token, "…") || "no words of Telegram's";
  throw new SetUpError("telegram", `${method} was refused (${answer.status}): ${problem}`);
}

const me = z.object({ first_name: z.string(), username: z.optional(z.string()) });

function nameOf(account: unknown): string {
  const { username, first_name } = understood(me, account, "getMe");
  return username ? `@${username}` : first_name;
}

/** https://core.telegram.org/bots/api#webhookinfo: the URL is empty where there is none. */
const webhookInfo = z.object({
  url: z.string(),
  pending_update_count: z.number(),
  last_error_date: z.optional(z.number()),
  last_error_message: z.optional(z.string()),
  allowed_updates: z.optional(z.array(z.string())),
});

function seen(webhook: unknown) {
  const info = understood(webhookInfo, webhook, "getWebhookInfo");
  return {
    url: info.url || undefined,
    pending: info.pending_update_count,
    lastError: info.last_error_message,
    lastErrorAt: info.last_error_date === undefined ? undefined : new Date(info.last_error_date * 1000),
    events: info.allowed_updates,
  };
}

function understood<Schema extends z.ZodMiniType>(schema: Schema, result: unknown, method: string): z.output<Schema> {
  const parsed = schema.safeParse(result);
  if (parsed.success) return parsed.data;
  throw new SetUpError("telegram", `${method} answered what nobody understands`);
}
