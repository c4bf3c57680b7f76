import type { ApiReply } from "../server/routes";

/**
 * A refusal in Telegram's form: https://core.telegram.org/bots/api#making-requests. The words of most descriptions are
 * in no document, and are as bots have seen them.
 */
export class BotError extends Error {
  constructor(
    readonly status: number,
    description: string,
    readonly parameters?: { retry_after: number },
  ) {
    super(description);
  }

  reply(): ApiReply {
    const { status, message: description, parameters } = this;
    return { status, body: { ok: false, error_code: status, description, ...(parameters ? { parameters } : {}) } };
  }
}

export const badRequest = (words: string) => new BotError(400, `Bad Request: ${words}`);

export const tooMany = (seconds: number) =>
  new BotError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });

const WORDS: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden: bot was blocked by the user",
  404: "Not Found",
  409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
  413: "Request Entity Too Large",
  500: "Internal Server Error",
  502: "Bad Gateway",
};

/** What Telegram says when it answers so. */
export function botErrorOf(status: number, retryAfter = 1): BotError {
  return status === 429 ? tooMany(retryAfter) : new BotError(status, WORDS[status] ?? "Internal Server Error");
}
