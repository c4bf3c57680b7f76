import * as z from "zod/mini";
import { anybody } from "../../channels/webchat/callers";
import { readSession } from "../../channels/webchat/session";
import { startChat } from "../../conversation/webchat/start-chat";
import { defineFunction } from "../../runtime/define-function";
import { sid } from "../../runtime/env";
import { flexEnv } from "../../runtime/flex-env";
import { blankAsUndefined, text } from "../../runtime/request";
import { webchatEnv } from "../../runtime/webchat-env";

/** Words on one line, for a name. */
const ONE_LINE = /^[^\p{Cc}]*\S[^\p{Cc}]*$/u;

/** A guest opens a web chat. The page chooses its words, and nothing of where they go. */
export const handler = defineFunction({
  caller: anybody,
  browser: "webchat",
  env: z.extend(z.extend(flexEnv, webchatEnv.shape), { WEBCHAT_ADDRESS_SID: sid("IG") }),
  input: z.object({
    startKey: z.string().check(z.regex(/^[\w-]{22,64}$/, "must be 22 to 64 letters, digits, - or _, drawn at random")),
    friendlyName: text(100).check(z.regex(ONE_LINE, "must be a name on one line")),
    query: text(4_096).check(z.regex(/\S/, "must have words")),
    email: blankAsUndefined(text(254).check(z.regex(/^[^\s@]+@[^\s@]+$/, "must be an e-mail address"))),
    language: blankAsUndefined(text(35).check(z.regex(/^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i, "must be like es or es-MX"))),
    topic: blankAsUndefined(text(64).check(z.regex(/^[\w-]+$/, "must be one word"))),
    previousSession: blankAsUndefined(text(256)),
  }),
  within: 8_000,
  async run({ startKey, friendlyName, query, previousSession = "", ...told }, services) {
    const { env, now } = services;
    // What is no session of ours links nothing; it need not keep anybody from writing.
    const previous = readSession(env.WEBCHAT_SESSION_SECRET, previousSession, now());
    const form = { friendlyName, ...told, previousConversationSid: previous?.conversationSid };
    const preEngagement = Object.fromEntries(
      Object.entries(form).filter((one): one is [string, string] => one[1] !== undefined),
    );
    const pass = await startChat(services, { startKey, query, preEngagement: { ...preEngagement, friendlyName } });
    return pass ?? { status: 202, body: { status: "pending" } };
  },
});
