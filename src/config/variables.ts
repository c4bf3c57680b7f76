/** A variable that the deployed Functions read. */
export interface Variable {
  name: string;
  required: boolean;
  /** Nobody but the Functions is to see its value. */
  secret?: true;
  /** What it is and where its value is found. */
  about: string;
}

/** All of them, and nothing else, are deployed: `.env.example` and the README's list follow this one. */
export const variables: readonly Variable[] = [
  {
    name: "FLEX_WORKSPACE_SID",
    required: true,
    about: "Flex's TaskRouter workspace (WS…). Console: TaskRouter, Workspaces, Flex Task Assignment.",
  },
  {
    name: "FLEX_WORKFLOW_SID",
    required: true,
    about: "Workflow that routes customers' Conversations (WW…). Console: the workspace above, Workflows.",
  },
  {
    name: "FLEX_TASK_CHANNEL",
    required: false,
    about: "Unique name of the Task Channel; chat when not set.",
  },
  {
    name: "FLEX_OUTBOUND_QUEUE_SID",
    required: false,
    about: "Task Queue that Conversations begun by agents count for (WQ…); needed for outbound.",
  },
  {
    name: "SMS_SENDER",
    required: false,
    about: "Your number that agents write from, as +E164; needed for outbound SMS.",
  },
  {
    name: "WHATSAPP_SENDER",
    required: false,
    about: "Your WhatsApp sender that agents write from, as whatsapp:+E164; needed for outbound WhatsApp.",
  },
  {
    name: "MESSENGER_SENDER",
    required: false,
    about: "Your Facebook page that agents write from, as messenger:<page id>; needed for outbound Messenger.",
  },
  {
    name: "SWEEP_SECRET",
    required: false,
    secret: true,
    about: "Secret of 32 characters or more that callers of the sweep send; without it nobody may.",
  },
  {
    name: "ALLOWED_ORIGINS",
    required: false,
    about: "Origins of pages that may read answers, with commas between; https://flex.twilio.com when not set.",
  },
  {
    name: "WEBCHAT_ADDRESS_SID",
    required: false,
    about: "Chat address that web chats are made after (IG…); needed for web chat. Console: Conversations, Addresses.",
  },
  {
    name: "API_KEY_SID",
    required: false,
    about: "Standard API key that signs guests' Access Tokens (SK…); needed for web chat. Console: Account, API keys.",
  },
  {
    name: "API_KEY_SECRET",
    required: false,
    secret: true,
    about: "Its secret, shown once when it is made; needed for web chat.",
  },
  {
    name: "WEBCHAT_SESSION_SECRET",
    required: false,
    secret: true,
    about: "Signs guests' sessions: 32 characters or more, such as of openssl rand -hex 32; needed for web chat.",
  },
  {
    name: "WEBCHAT_ORIGINS",
    required: false,
    about: "Origins of pages with the web chat, with commas between; none but the Functions' own when not set.",
  },
  {
    name: "TELEGRAM_BOT_TOKEN",
    required: false,
    secret: true,
    about: "Token of your Telegram bot, as BotFather gave it; needed for Telegram, as is the next.",
  },
  {
    name: "TELEGRAM_SECRET_TOKEN",
    required: false,
    secret: true,
    about: "Proves that Telegram calls: 32 to 256 of A-Z a-z 0-9 _ -, such as of openssl rand -hex 32.",
  },
  {
    name: "TELEGRAM_SECRET_TOKEN_NEXT",
    required: false,
    secret: true,
    about: "The secret that follows it: while both are set, both are right.",
  },
  {
    name: "VIBER_AUTH_TOKEN",
    required: false,
    secret: true,
    about: "Token of your Viber bot, from Viber's admin panel; needed for Viber, as are the next two.",
  },
  {
    name: "VIBER_WEBHOOK_KEY",
    required: false,
    secret: true,
    about: "Proves that Viber calls, at the end of the webhook's URL: 32 or more of A-Z a-z 0-9 _ -.",
  },
  {
    name: "VIBER_SENDER_NAME",
    required: false,
    about: "Name that Viber shows above your messages; 28 characters at most.",
  },
  {
    name: "VIBER_WEBHOOK_KEY_NEXT",
    required: false,
    secret: true,
    about: "The key that follows it: while both are set, both are right.",
  },
  {
    name: "VIBER_SIGNATURE",
    required: false,
    about: "strict (default) checks Viber's signature of each event; secret-only relies on the key in the URL.",
  },
  {
    name: "PUBLIC_BASE_URL",
    required: false,
    about: "https://host under which callers reach the Functions when it is not the service's own domain.",
  },
  {
    name: "SIGNATURE_CHECK",
    required: false,
    about: "function (default) checks Twilio's signature in the Functions too; gateway leaves it to Twilio's gateway.",
  },
];
