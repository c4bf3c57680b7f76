import type { Authenticate } from "../../runtime/authenticate";
import { readEnv } from "../../runtime/env";
import { UnauthenticatedError } from "../../runtime/errors";
import { requireForm } from "../../runtime/request";
import { sessionEnv } from "../../runtime/webchat-env";
import { readSession, type Session } from "./session";

/** Anybody with the page: whoever wants to chat proves nothing, and gets no more than a chat of their own. */
export const anybody: Authenticate<"anybody"> = ({ request }) => {
  requireForm(request);
  return "anybody";
};

/** A guest with the session of their chat, in the field `session`; a token or a SID is none. */
export const guestSession: Authenticate<Session> = ({ request, variables }) => {
  requireForm(request);
  const { WEBCHAT_SESSION_SECRET: secret } = readEnv(sessionEnv, variables);
  const { session: text } = request.fields;
  const session = typeof text === "string" ? readSession(secret, text, new Date()) : undefined;
  if (!session) throw noChat();
  return session;
};

/** The same words whatever is wrong, so that nobody learns what they hold. */
export function noChat(): UnauthenticatedError {
  return new UnauthenticatedError("There is no chat to go on with: start a new one.");
}
