import * as z from "zod/mini";
import { viber } from "../../channels/viber/viber";
import { receiveEvent } from "../../conversation/custom/receive-event";
import { defineFunction } from "../../runtime/define-function";
import { flexEnv } from "../../runtime/flex-env";

/** Webhook of the Viber bot: https://developers.viber.com/docs/api/rest-bot-api/#callbacks */
export const handler = defineFunction({
  caller: viber.caller,
  env: flexEnv,
  input: z.object({}),
  within: 8_000,
  run(_, services) {
    // Under VIBER_SIGNATURE=secret-only: nobody is to forget that it is.
    if (services.who.verified === false) services.log.warn("signature_unchecked");
    return receiveEvent(services, viber, services.who);
  },
});
