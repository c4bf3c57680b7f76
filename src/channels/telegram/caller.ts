import type { Authenticate } from "../../runtime/authenticate";
import { readEnv } from "../../runtime/env";
import { ForgedRequestError } from "../../runtime/errors";
import { requireJson } from "../../runtime/request";
import { isSecret } from "../../runtime/same-secret";
import { telegramSecrets } from "./settings";

const HEADER = "X-Telegram-Bot-Api-Secret-Token";

/** Telegram signs nothing: it sends the secret that the webhook was set with, https://core.telegram.org/bots/api#setwebhook */
export const calledByTelegram: Authenticate<unknown> = ({ request, variables }) => {
  requireJson(request);
  const { TELEGRAM_SECRET_TOKEN: now, TELEGRAM_SECRET_TOKEN_NEXT: next } = readEnv(telegramSecrets, variables);
  if (isSecret(request.header(HEADER.toLowerCase()), now, next)) return request.fields;
  throw new ForgedRequestError("telegram", `the header ${HEADER} is not the secret of this bot's webhook`);
};
