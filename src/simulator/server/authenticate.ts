import { createHash, timingSafeEqual } from "node:crypto";
import type { World } from "../world";
import { ApiError } from "./api-error";

interface Call {
  authorization: string | undefined;
  host: string;
  path: string;
}

/**
 * Lets the account in by its token, and by its API keys wherever Standard keys may go:
 * https://www.twilio.com/docs/iam/api-keys. Everybody else gets 20003, whatever they sent:
 * https://www.twilio.com/docs/api/errors/20003
 */
export function authenticate({ account, apiKeys }: World, { authorization, host, path }: Call): void {
  const [user, password] = credentialsIn(authorization);
  const key = apiKeys.keys.get(user);
  const secret = user === account.sid ? account.authToken : key?.secret;
  const known = same(password, secret ?? "") && secret !== undefined;
  if (!known || (key && isForTheAccountAlone(host, path))) throw new ApiError(401, 20003, "Authenticate");
}

function credentialsIn(header = ""): [user: string, password: string] {
  const [, encoded = ""] = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(header) ?? [];
  const [, user = "", password = ""] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  return [user, password];
}

function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Accounts and Keys: what a Standard key gets there is 20003 as well, https://github.com/twilio/twilio-cli/issues/146 */
function isForTheAccountAlone(host: string, path: string): boolean {
  return (
    host === "api.twilio.com" &&
    /^\/2010-04-01\/Accounts(\/[^/]+)?(\.json$|\/(Keys|SigningKeys)(\.json$|\/))/.test(path)
  );
}
