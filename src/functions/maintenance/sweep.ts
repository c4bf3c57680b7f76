import * as z from "zod/mini";
import { cursorText, parseCursor } from "../../conversation/sweep/cursor";
import { sweepPage } from "../../conversation/sweep/sweep";
import { defineFunction } from "../../runtime/define-function";
import { InvalidInputError } from "../../runtime/errors";
import { flexEnv } from "../../runtime/flex-env";
import { ownSecret } from "../../runtime/own-secret";
import { blankAsUndefined, text } from "../../runtime/request";

/**
 * Finds, and with `fix=true` repairs, Conversations that slipped through everything else: a page a call, so whoever calls
 * goes on with the `cursor` of the answer until there is none.
 */
export const handler = defineFunction({
  caller: ownSecret("SWEEP_SECRET", "X-Sweep-Secret"),
  env: flexEnv,
  input: z.object({
    fix: z._default(z.enum(["true", "false"]), "false"),
    hours: z._default(z.coerce.number().check(z.int(), z.gte(1), z.maximum(336)), 2),
    cursor: blankAsUndefined(text(300)),
  }),
  within: 8_000,
  async run({ fix, hours, cursor: given }, services) {
    const cursor = given ? parseCursor(given) : undefined;
    if (given && !cursor) throw new InvalidInputError("cursor", "is none that a sweep has answered");
    const swept = await sweepPage(services, { fix: fix === "true", hours, ...(cursor ? { cursor } : {}) });
    const { checked, found } = swept;
    return { ...(swept.cursor ? { cursor: cursorText(swept.cursor) } : {}), checked, found };
  },
});
