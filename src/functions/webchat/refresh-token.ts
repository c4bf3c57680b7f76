import * as z from "zod/mini";
import { guestSession } from "../../channels/webchat/callers";
import { findGuest } from "../../conversation/webchat/find-guest";
import { passFor } from "../../conversation/webchat/pass";
import { defineFunction } from "../../runtime/define-function";
import { flexEnv } from "../../runtime/flex-env";
import { webchatEnv } from "../../runtime/webchat-env";

/** A token for a chat that goes on, here or in a successor; the last one may have ended long ago. */
export const handler = defineFunction({
  caller: guestSession,
  browser: "webchat",
  env: z.extend(flexEnv, webchatEnv.shape),
  input: z.object({}),
  within: 8_000,
  async run(_, services) {
    const guest = await findGuest(services, services.who);
    return passFor(services, guest.serviceSid, guest);
  },
});
