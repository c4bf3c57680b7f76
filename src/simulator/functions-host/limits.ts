/** What a Function may use up before Twilio steps in. */
export interface Limits {
  /**
   * How long the caller waits before it gets 504:
   * https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow
   */
  answerMs: number;
  /**
   * How many run at once: https://www.twilio.com/docs/serverless/api. One more gets 429; the status, and whether a
   * service or the whole account is counted, are unverified.
   */
  concurrent: number;
  /** The local runtime's limit; the deployed one's is unverified. */
  bodyBytes: number;
  /** How long a Function that missed its answer may go on before its process is taken for stuck. Ours, not Twilio's. */
  stuckMs: number;
}

export const LIMITS: Limits = { answerMs: 10_000, concurrent: 30, bodyBytes: 6 * 1024 * 1024, stuckMs: 30_000 };
