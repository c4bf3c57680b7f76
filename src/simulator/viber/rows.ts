/** https://developers.viber.com/docs/api/rest-bot-api/#webhooks */
export interface BotRow {
  webhook: { url: string; eventTypes: string[] } | null;
  /** How many `message_token`s were given out. */
  tokens: number;
}

export interface CustomerRow {
  /** As Viber gives it to this bot: base64, with `+`, `/` and `=`. */
  id: string;
  name: string;
  language: string;
  country: string;
  /** Whether the bot may write to them. */
  subscribed: boolean;
  deviceOn: boolean;
  /** Why the next message will not be shown. */
  failNext: string | null;
  /** When the bot wrote since they last did. */
  unanswered: Date[];
  detailsAsked: Date[];
}

/** What the bot sent. */
export interface SentRow {
  token: string;
  user: string;
  sender: string;
  body: string;
  file: LinkedFile | null;
  state: "sent" | "delivered" | "seen" | "failed";
}

/** A file that comes by its address. */
export interface LinkedFile {
  url: string;
  /** Told by the bot, for files. */
  filename: string | null;
  most: number;
  types: string[] | null;
}

/** What users sent, at the host where bots fetch it. */
export interface MediaRow {
  path: string;
  sha256: string;
  contentType: string;
  expiresAt: Date;
}
