import * as z from "zod/mini";
import { openingAt } from "../../config/hours";
import { isNoticeDue } from "../../conversation/notify-once";
import { settingsOf } from "../../conversation/settings-of";
import { defineFunction } from "../../runtime/define-function";
import { blankAsUndefined, text } from "../../runtime/request";
import { signedByTwilio } from "../../runtime/twilio-signature";

/**
 * Whether the contact centre is open now; when it is not, when it opens, and whether this customer is to be told: once in
 * twelve hours. Times are ISO 8601, empty when there is none.
 */
export const handler = defineFunction({
  caller: signedByTwilio,
  env: z.object({ AUTH_TOKEN: z.string() }),
  input: z.object({ author: blankAsUndefined(text(256)) }),
  within: 8_000,
  async run({ author }, { twilio, log, now, env }) {
    const { hours } = await settingsOf({ twilio, log, now });
    const { open, reason, opensAt, closesAt } = openingAt(hours, now());
    const desk = { twilio, log, secret: env.AUTH_TOKEN };
    return {
      open,
      reason,
      notify: !open && (author === undefined || (await isNoticeDue(desk, author))),
      opensAt: opensAt?.toISOString() ?? "",
      closesAt: closesAt?.toISOString() ?? "",
      timeZone: hours.timeZone,
    };
  },
});
