import type { Account } from "../seeds";

interface Deployed {
  serviceSid: string;
  environmentSid?: string;
  /** Whether the service includes the account's credentials. */
  credentials: boolean;
}

/** What Twilio adds to a deployment's own: https://www.twilio.com/docs/serverless/functions-assets/functions/variables */
export function givenVariables(account: Account, deployed: Deployed): Record<string, string> {
  return {
    SERVICE_SID: deployed.serviceSid,
    ...(deployed.environmentSid ? { ENVIRONMENT_SID: deployed.environmentSid } : {}),
    ...(deployed.credentials ? { ACCOUNT_SID: account.sid, AUTH_TOKEN: account.authToken } : {}),
  };
}
