import { readEnv } from "../../runtime/env";
import type { ChannelAdapter } from "../adapter";
import { caller } from "./caller";
import { openFile } from "./open-file";
import { parseCallback } from "./parse";
import { sendMessage } from "./send";
import { senderEnv } from "./settings";

/** Bots and the people who write to them: https://developers.viber.com/docs/api/rest-bot-api */
export const viber = {
  name: "viber",
  caller,
  parse: parseCallback,
  connect(variables, deadline) {
    const env = readEnv(senderEnv, variables);
    const sender = { token: env.VIBER_AUTH_TOKEN, name: env.VIBER_SENDER_NAME, deadline };
    return {
      send: (userId, message) => sendMessage(sender, userId, message),
      openFile: (file) => openFile(deadline, file),
    };
  },
} as const satisfies ChannelAdapter;
