import * as z from "zod/mini";
import { guestSession } from "../../channels/webchat/callers";
import { signSession } from "../../channels/webchat/session";
import { findGuest } from "../../conversation/webchat/find-guest";
import { parseOlder, showTranscript } from "../../conversation/webchat/show-transcript";
import { defineFunction } from "../../runtime/define-function";
import { InvalidInputError } from "../../runtime/errors";
import { flexEnv } from "../../runtime/flex-env";
import { blankAsUndefined, text } from "../../runtime/request";
import { sessionEnv } from "../../runtime/webchat-env";

/** What was said in a guest's chat, page by page, and where the chat goes on. */
export const handler = defineFunction({
  caller: guestSession,
  browser: "webchat",
  env: z.extend(flexEnv, sessionEnv.shape),
  input: z.object({ older: blankAsUndefined(text(300)) }),
  within: 8_000,
  async run({ older }, services) {
    const position = older === undefined ? undefined : parseOlder(older);
    if (older !== undefined && !position) throw new InvalidInputError("older", "must be what the page before said");
    const guest = await findGuest(services, services.who);
    const session = signSession(services.env.WEBCHAT_SESSION_SECRET, guest);
    return { conversationSid: guest.conversationSid, session, ...(await showTranscript(services, guest, position)) };
  },
});
