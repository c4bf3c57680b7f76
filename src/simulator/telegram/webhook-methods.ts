import * as z from "zod/mini";
import { isReachable, isThisMachine } from "../platforms/reachable";
import { BotError, badRequest } from "./bot-error";
import type { BotParams } from "./read-params";
import type { BotRow, Methods, WebhookRow } from "./rows";
import type { Updates } from "./updates";

/** https://core.telegram.org/bots/api#setwebhook */
const PORTS = ["", "443", "80", "88", "8443"];
const MOST_CONNECTIONS = 100;
const USUAL_CONNECTIONS = 40;

/** How the bot gets its updates: https://core.telegram.org/bots/api#getting-updates */
export function webhookMethods(bot: BotRow, { deliveries }: Updates): Methods {
  const dropWhenAsked = (params: BotParams) => {
    if (params.flag("drop_pending_updates")) deliveries.clear();
  };

  function remove(params: BotParams): true {
    bot.webhook = null;
    dropWhenAsked(params);
    return true;
  }

  return {
    setWebhook(params) {
      if (params.text("url") === "") return remove(params);
      bot.webhook = readWebhook(params, bot.webhook);
      bot.lastError = null;
      dropWhenAsked(params);
      deliveries.flush();
      return true;
    },
    deleteWebhook: remove,
    getWebhookInfo() {
      const { webhook, lastError } = bot;
      return {
        url: webhook?.url ?? "",
        has_custom_certificate: false,
        pending_update_count: deliveries.waiting.size,
        ...(lastError
          ? { last_error_date: Math.floor(lastError.at.getTime() / 1000), last_error_message: lastError.message }
          : {}),
        ...(webhook ? { max_connections: webhook.maxConnections } : {}),
        ...(webhook?.allowedUpdates ? { allowed_updates: webhook.allowedUpdates } : {}),
      };
    },
    getUpdates() {
      if (!bot.webhook) throw new BotError(501, "The simulator does not serve getUpdates: set a webhook");
      throw new BotError(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    },
  };
}

function readWebhook(params: BotParams, before: WebhookRow | null): WebhookRow {
  const maxConnections = params.integer("max_connections") ?? USUAL_CONNECTIONS;
  // That what is out of range is refused, rather than moved into it, is unverified.
  if (maxConnections < 1 || maxConnections > MOST_CONNECTIONS)
    throw badRequest("max_connections must be from 1 to 100");
  return {
    url: readUrl(params.text("url")),
    secretToken: readSecret(params.text("secret_token")),
    allowedUpdates: params.has("allowed_updates") ? readKinds(params) : (before?.allowedUpdates ?? null),
    maxConnections,
  };
}

function readUrl(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && isThisMachine(url)) return address;
  if (url?.protocol !== "https:") throw badRequest("bad webhook: An HTTPS URL must be provided for webhook");
  if (!PORTS.includes(url.port)) {
    throw badRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
  }
  if (!isReachable(url)) throw badRequest("bad webhook: Failed to resolve host: Name or service not known");
  return address;
}

function readSecret(secret: string): string | null {
  if (secret.length > 256) throw badRequest("secret token is too long");
  if (!/^[\w-]*$/.test(secret)) throw badRequest("secret token contains unallowed characters");
  return secret || null;
}

/** None at all are the usual ones. */
function readKinds(params: BotParams): string[] | null {
  const kinds = z.array(z.string()).safeParse(params.json("allowed_updates"));
  if (!kinds.success) throw badRequest("can't parse allowed_updates JSON object");
  return kinds.data.length > 0 ? kinds.data : null;
}
