import { RestException } from "twilio";
import { CommandError } from "./terminal";

/** Does it; what Twilio refuses, or that it cannot be reached, is said in words. */
export async function inWords<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof RestException) throw refused(error);
    if (isUnreachable(error)) throw new CommandError(`Twilio cannot be reached (${error.code}). Try again.`);
    throw error;
  }
}

function refused({ status, code, message }: RestException): CommandError {
  if (status === 401) {
    return new CommandError(
      "Twilio does not accept these credentials: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.",
      2,
    );
  }
  return new CommandError(`Twilio refused (${[status, code].filter(Boolean).join(", ")}): ${message}. Run it again.`);
}

function isUnreachable(error: unknown): error is Error & { code: string } {
  const codes = ["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "ECONNABORTED", "EAI_AGAIN"];
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
