import { Twilio } from "twilio";
import type { Credentials } from "./deploy/run-twilio-run";
import { CommandError } from "./terminal";

/** The account whose credentials the environment holds; `instead` is what one can do without any. */
export function readCredentials(instead = ", or add --simulated to use the simulator's account"): Credentials {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = process.env;
  if (!accountSid || !authToken) {
    const where = "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (Twilio Console > Account Info)";
    throw new CommandError(`${where}${instead}.`, 2);
  }
  if (!/^AC[0-9a-f]{32}$/i.test(accountSid))
    throw new CommandError("TWILIO_ACCOUNT_SID is not an account SID (AC and 32 hex digits).", 2);
  return { accountSid, authToken };
}

/** Twilio's SDK for that account. */
export function accountClient({ accountSid, authToken } = readCredentials()): Twilio {
  return new Twilio(accountSid, authToken);
}
