import { readEnv } from "../../runtime/env";
import type { ChannelAdapter } from "../adapter";
import { calledByTelegram } from "./caller";
import { openFile } from "./open-file";
import { parseUpdate } from "./parse";
import { sendMessage } from "./send";
import { telegramEnv } from "./settings";

/** Bots and the people who write to them in private: https://core.telegram.org/bots/api */
export const telegram: ChannelAdapter = {
  name: "telegram",
  caller: calledByTelegram,
  parse: parseUpdate,
  connect(variables, deadline) {
    const api = { token: readEnv(telegramEnv, variables).TELEGRAM_BOT_TOKEN, deadline };
    return {
      send: (userId, message) => sendMessage(api, userId, message),
      openFile: (file) => openFile(api, file),
    };
  },
};
