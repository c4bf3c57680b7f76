import * as z from "zod/mini";

const botToken = z.string().check(z.regex(/^\d{1,20}:[\w-]{20,100}$/, "a token like 123456:ABC… is needed"));

/** Telegram takes these characters only, and we no fewer than 32: https://core.telegram.org/bots/api#setwebhook */
const secretToken = z
  .string()
  .check(z.regex(/^[\w-]{32,256}$/, "needs 32 to 256 characters of A-Z, a-z, 0-9, _ and -"));

/** What Telegram proves itself with. */
export const telegramSecrets = z.object({
  TELEGRAM_SECRET_TOKEN: secretToken,
  /** The one that is to follow: while both are set, both are right. */
  TELEGRAM_SECRET_TOKEN_NEXT: z.optional(secretToken),
});

/** What we prove ourselves with to Telegram. */
export const telegramEnv = z.object({ TELEGRAM_BOT_TOKEN: botToken });
