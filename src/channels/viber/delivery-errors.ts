import type { DeliveryError, DeliveryReason } from "../adapter";
import { deliveryFailures } from "../delivery-failures";
import type { BotAnswer } from "./bot-api";

export const { withReason, failedCall } = deliveryFailures("viber");

/** https://developers.viber.com/docs/api/rest-bot-api/#error-codes; what 19 to 24 mean is observed. Any other is a general error. */
const STATUSES: Readonly<Record<number, readonly [DeliveryReason, words?: string]>> = {
  2: ["unauthorized", "Viber does not accept VIBER_AUTH_TOKEN: an administrator has to set the bot's own token."],
  3: ["refused", "Viber could not read the message."],
  4: ["refused", "Viber found something missing in the message."],
  5: ["unreachable", "The customer is no longer on Viber: nothing reaches them there."],
  6: ["unreachable"],
  7: ["unauthorized", "Viber blocked our bot: an administrator has to ask Viber's support."],
  8: ["unauthorized", "Viber does not know our bot: an administrator has to check its account there."],
  9: ["unauthorized", "Viber suspended our bot: an administrator has to ask Viber's support."],
  10: ["unauthorized", "Our bot has no webhook: an administrator has to connect the Viber channel."],
  11: ["refused", "The customer has no device that can show the message."],
  12: ["rate_limited"],
  13: ["refused", "The customer's Viber is too old for the message."],
  14: ["refused", "The customer's Viber is too old for the message."],
  15: ["unauthorized", "Our bot may not write on Viber: an administrator has to ask Viber's support."],
  21: ["refused", "Viber does not let our bot write to the customer's country."],
  22: ["refused", "Viber does not take payments from the customer's country."],
  23: [
    "unauthorized",
    "Our bot's free messages are used up: an administrator has to change its contract with Viber, or the customer has to write.",
  ],
  24: ["unauthorized", "Our bot's account at Viber has no balance: an administrator has to fill it."],
};

/** Why Viber did not take a message, by its answer. */
export function refusedMessage(answer: BotAnswer): DeliveryError {
  const { httpStatus, status = 0, retryAfterSeconds } = answer;
  const [reason, words] = status === 0 ? [reasonOfHttp(httpStatus)] : (STATUSES[status] ?? ["refused"]);
  return withReason(reason, {
    ...(words === undefined ? {} : { said: words }),
    platformCode: status || httpStatus,
    ...(reason === "rate_limited" && { retryAfterSeconds: retryAfterSeconds ?? 1 }),
  });
}

/** Of answers without a status of Viber's, such as those of a gateway: it may have given up after Viber took the message. */
function reasonOfHttp(status: number): DeliveryReason {
  if (status === 429) return "rate_limited";
  if (status === 401 || status === 403) return "unauthorized";
  if (status === 503) return "unavailable";
  return status >= 300 && status < 500 ? "refused" : "unclear";
}
