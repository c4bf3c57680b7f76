import { createHmac, timingSafeEqual } from "node:crypto";
import { isGuest } from "./identity";

/** What a guest's page holds to show who it is, for as long as a day. */
export interface Session {
  conversationSid: string;
  identity: string;
  /** When the chat was started: neither a repeat nor a successor makes it younger. */
  startedAt: Date;
}

/** Longest life of a session. */
export const SESSION_SECONDS = 24 * 3_600;

/** A clock of ours may be behind that of another process. */
const AHEAD_MS = 60_000;

/** The session as text: what it says, and an HMAC over that. */
export function signSession(secret: string, { conversationSid, identity, startedAt }: Session): string {
  const said = [conversationSid, identity, Math.floor(startedAt.getTime() / 1000)].join(".");
  return `${said}.${macOf(secret, said)}`;
}

/** Undefined for what we did not sign, and for what is too old. */
export function readSession(secret: string, text: string, now: Date): Session | undefined {
  const [, said = "", conversationSid = "", identity = "", seconds = "", mac = ""] =
    /^((CH[0-9a-f]{32})\.(\w{1,64})\.(\d{1,12}))\.([\w-]{43})$/.exec(text) ?? [];
  const right = Buffer.from(macOf(secret, said));
  const given = Buffer.from(mac);
  if (given.length !== right.length || !timingSafeEqual(given, right) || !isGuest(identity)) return undefined;
  const startedAt = new Date(Number(seconds) * 1000);
  const age = now.getTime() - startedAt.getTime();
  return age >= -AHEAD_MS && age < SESSION_SECONDS * 1000 ? { conversationSid, identity, startedAt } : undefined;
}

function macOf(secret: string, said: string): string {
  return createHmac("sha256", secret).update(`session/${said}`).digest("base64url");
}
