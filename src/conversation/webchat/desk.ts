import type { Desk, FlexEnv } from "../desk";

/** What the stories of a web chat need besides. */
export interface WebChatDesk extends Desk {
  env: FlexEnv & WebChatEnv;
}

export interface WebChatEnv {
  ACCOUNT_SID: string;
  API_KEY_SID: string;
  API_KEY_SECRET: string;
  WEBCHAT_SESSION_SECRET: string;
}
