import type { Answer } from "./call-worker";

/**
 * An answer that comes from Twilio's gateway and not from the Function. Statuses are as documented where the code says
 * so; the form of these bodies is unverified.
 */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    private readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  answer(): Answer {
    // Every 5xx of a Function is logged as 82002: https://www.twilio.com/docs/api/errors/82002
    const body = { ...(this.status >= 500 ? { code: 82002 } : {}), message: this.message };
    const headers = { "content-type": "application/json", ...this.headers };
    return { status: this.status, headers, body: Buffer.from(JSON.stringify(body)) };
  }
}
