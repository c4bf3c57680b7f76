import * as z from "zod/mini";
import { telegram } from "../../channels/telegram/telegram";
import { receiveEvent } from "../../conversation/custom/receive-event";
import { defineFunction } from "../../runtime/define-function";
import { flexEnv } from "../../runtime/flex-env";

/** Webhook of the Telegram bot: https://core.telegram.org/bots/api#setwebhook */
export const handler = defineFunction({
  caller: telegram.caller,
  env: flexEnv,
  input: z.object({}),
  within: 8_000,
  run: (_, services) => receiveEvent(services, telegram, services.who),
});
