import { Twilio } from "twilio";
import { CommandError } from "./terminal";

/** Twilio's SDK for the account whose credentials the environment holds. */
export function accountClient(): Twilio {
  const { TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token } = process.env;
  if (!sid || !token) {
    throw new CommandError(
      "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (Twilio Console > Account Info), or add --simulated to use the simulator's account.",
      2,
    );
  }
  if (!/^AC[0-9a-f]{32}$/i.test(sid))
    throw new CommandError("TWILIO_ACCOUNT_SID is not an account SID (AC and 32 hex digits).", 2);
  return new Twilio(sid, token);
}
