import { type Session, signSession } from "../../channels/webchat/session";
import { TOKEN_SECONDS } from "../../config/web-chat";
import { chatToken } from "../../twilio/chat-token";
import type { WebChatDesk } from "./desk";

/** What a guest's page goes on with. */
export interface Pass extends Record<string, unknown> {
  /** For the Conversations SDK. */
  token: string;
  /** ISO 8601: when the token ends; a new one is had for the session. */
  expiresAt: string;
  identity: string;
  conversationSid: string;
  session: string;
}

/** Lets a guest into their Conversation; whoever calls has made sure that it is theirs. */
export function passFor({ env, now }: WebChatDesk, serviceSid: string, session: Session): Pass {
  const { conversationSid, identity } = session;
  // In whole seconds as in the token, and before it is made: never later than its end.
  const expiresAt = new Date((Math.floor(now().getTime() / 1000) + TOKEN_SECONDS) * 1000).toISOString();
  const token = chatToken({
    accountSid: env.ACCOUNT_SID,
    keySid: env.API_KEY_SID,
    keySecret: env.API_KEY_SECRET,
    ...{ serviceSid, identity, seconds: TOKEN_SECONDS },
  });
  return { token, expiresAt, identity, conversationSid, session: signSession(env.WEBCHAT_SESSION_SECRET, session) };
}
