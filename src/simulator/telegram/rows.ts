import type { TextEntity } from "../phone/phones";
import type { BotParams } from "./read-params";

/** What the bot's owner has set: https://core.telegram.org/bots/api#setwebhook */
export interface WebhookRow {
  url: string;
  secretToken: string | null;
  /** Null for the usual ones. */
  allowedUpdates: string[] | null;
  maxConnections: number;
}

export interface BotRow {
  webhook: WebhookRow | null;
  lastError: { at: Date; message: string } | null;
  lastUpdateId: number;
  /** Whether what goes out too fast is refused. */
  paced: boolean;
}

/** A user, and how they stand to the bot. Bots hear of nobody who did not press Start. */
export interface CustomerRow {
  id: number;
  firstName: string;
  lastName: string | null;
  username: string | null;
  language: string | null;
  standing: "stranger" | "started" | "blocked" | "deactivated";
  /** In their chat with the bot. */
  lastMessageId: number;
  /** When the bot wrote to them last, in a second or so. */
  writtenTo: Date[];
}

export interface FileRow {
  id: string;
  uniqueId: string;
  /** Under which `getFile` lets it be downloaded: https://core.telegram.org/bots/api#getfile */
  path: string;
  downloadableUntil: Date | null;
  sha256: string;
  size: number;
  contentType: string;
  filename: string | null;
  /** Of pictures. */
  width: number | null;
  height: number | null;
}

/** As Telegram writes it; a Message, a File. */
export type Wire = Record<string, unknown>;

/** By the name that Telegram gives them. */
export type Methods = Record<string, (params: BotParams) => Wire | true | Promise<Wire | true>>;

export interface Words {
  text: string;
  entities: readonly TextEntity[];
}
