/** How Conversations webhooks are sent. Twilio keeps the retries in the legacy Chat service resource, which is not served. */
export interface WebhookSettings {
  /**
   * Further tries after a time-out, 429, 503 or 504: none unless told otherwise
   * (https://www.twilio.com/docs/chat/rest/service-resource). The most Twilio allows is unverified.
   */
  preRetryCount: number;
  postRetryCount: number;
  /** Five seconds: https://www.twilio.com/docs/conversations-classic/conversations-webhooks */
  timeoutMs: number;
}

export function defaultWebhookSettings(): WebhookSettings {
  return { preRetryCount: 0, postRetryCount: 0, timeoutMs: 5_000 };
}
