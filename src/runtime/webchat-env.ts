import * as z from "zod/mini";
import { sid } from "./env";

/** What sessions of guests are signed with. */
export const sessionEnv = z.object({
  /** Random, of 32 characters or more; a new one ends all sessions. */
  WEBCHAT_SESSION_SECRET: z.string().check(z.minLength(32, "needs 32 characters or more")),
});

/** What guests' Access Tokens are signed with besides. */
export const webchatEnv = z.extend(sessionEnv, {
  ACCOUNT_SID: sid("AC"),
  /** A standard API key: restricted ones sign no tokens. */
  API_KEY_SID: sid("SK"),
  API_KEY_SECRET: z.string().check(z.minLength(16)),
});
