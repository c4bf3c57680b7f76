import type { DeliveryReason } from "../adapter";
import { deliveryFailures } from "../delivery-failures";
import type { BotRefusal } from "./bot-api";

export const { withReason, failedCall } = deliveryFailures("telegram", {
  unreachable: "The customer blocked our bot or left Telegram: nothing reaches them until they write again.",
  unauthorized: "Telegram does not accept our bot's token: an administrator has to act.",
});

/** Telegram asks for a pause without saying how long in rare cases only. */
const PAUSE_SECONDS = 1;

/** Why Telegram did not take a message, by its answer. Descriptions are observed: the documentation lists none. */
export function refusedMessage({ status, description, retryAfterSeconds }: BotRefusal, withFile: boolean) {
  const reason = reasonOf(status, description, withFile);
  const retry = reason === "rate_limited" ? { retryAfterSeconds: retryAfterSeconds ?? PAUSE_SECONDS } : {};
  return withReason(reason, { platformCode: status, ...retry });
}

const GONE = /chat not found|user not found|deactivated|blocked by the user|PEER_ID_INVALID|USER_IS_BLOCKED/i;
const TOO_LONG = /too[ _]long/i;

function reasonOf(status: number, description: string, withFile: boolean): DeliveryReason {
  // Who failed while at it, or waited in vain for whoever was, does not know what became of the message; nor does an answer
  // cut short tell.
  if (status === 500 || status === 504 || status < 300) return "unclear";
  if (status >= 500) return "unavailable";
  if (status === 401 || status === 404) return "unauthorized";
  if (status === 403 || GONE.test(description)) return "unreachable";
  if (status === 429) return "rate_limited";
  if (TOO_LONG.test(description)) return "too_long";
  return status === 413 || (status === 400 && withFile) ? "bad_file" : "refused";
}
