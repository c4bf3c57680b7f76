/** Who a token is for, and the API key that signs it. Restricted keys cannot: https://www.twilio.com/docs/iam/access-tokens */
export interface ChatTokenRequest {
  accountSid: string;
  keySid: string;
  keySecret: string;
  /** The Flex Chat Service. */
  serviceSid: string;
  identity: string;
  seconds: number;
}

/** An Access Token for the Conversations SDK. The runtime has Twilio's SDK as a global: https://www.twilio.com/docs/serverless/functions-assets/functions/invocation */
export function chatToken({ accountSid, keySid, keySecret, serviceSid, identity, seconds }: ChatTokenRequest): string {
  const { AccessToken } = Twilio.jwt;
  const token = new AccessToken(accountSid, keySid, keySecret, { identity, ttl: seconds });
  token.addGrant(new AccessToken.ChatGrant({ serviceSid }));
  return token.toJwt();
}
