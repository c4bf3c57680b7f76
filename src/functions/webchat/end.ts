import * as z from "zod/mini";
import { guestSession } from "../../channels/webchat/callers";
import { endChat } from "../../conversation/webchat/end-chat";
import { lookForGuest } from "../../conversation/webchat/find-guest";
import { defineFunction } from "../../runtime/define-function";
import { flexEnv } from "../../runtime/flex-env";

/** A guest ends their chat; one that is over is ended. */
export const handler = defineFunction({
  caller: guestSession,
  browser: "webchat",
  env: flexEnv,
  input: z.object({}),
  within: 8_000,
  async run(_, services) {
    const guest = await lookForGuest(services, services.who);
    if (guest) await endChat(services, guest);
    return { status: "ended" };
  },
});
