import * as z from "zod/mini";
import { openingAt } from "../../config/hours";
import { loadSettings, SETTINGS_DOCUMENT } from "../../config/settings";
import { defineFunction } from "../../runtime/define-function";
import { signedByTwilio } from "../../runtime/twilio-signature";
import { readDocument } from "../../twilio/sync";

/** Whether the contact centre is open now; when it is not, when it opens. Times are ISO 8601, empty when there is none. */
export const handler = defineFunction({
  caller: signedByTwilio,
  env: z.object({}),
  input: z.object({}),
  within: 8_000,
  async run(_, { twilio, log, now }) {
    const { hours } = await loadSettings(async () => (await readDocument(twilio, SETTINGS_DOCUMENT))?.data, log, now());
    const { open, reason, opensAt, closesAt } = openingAt(hours, now());
    return {
      open,
      reason,
      opensAt: opensAt?.toISOString() ?? "",
      closesAt: closesAt?.toISOString() ?? "",
      timeZone: hours.timeZone,
    };
  },
});
