import { sidFor } from "../sids";
import type { World } from "../world";

/** Who a Flex token was minted for. Flex mints one when somebody logs in to its UI. */
export interface TokenRow {
  identity: string;
  roles: readonly string[];
  /** Null for somebody who is no agent. */
  workerSid: string | null;
  expiresAt: Date;
}

export interface NewToken {
  identity: string;
  roles: readonly string[];
  workerSid?: string;
  ttlSeconds: number;
}

/** Flex tokens: opaque to whoever holds one, so that only asking Twilio tells whose it is. */
export interface Tokens {
  mint(token: NewToken): string;
  /** Nothing for a token that was never minted or has expired. */
  find(token: string): TokenRow | undefined;
}

export function createTokens({ clock, newSid, memory }: Pick<World, "clock" | "newSid" | "memory">): Tokens {
  const rows = memory.keep("flex tokens", new Map<string, TokenRow>());
  return {
    mint({ identity, roles, workerSid, ttlSeconds }) {
      // A warm Function remembers tokens for a while, also over a reset: each says something of its own.
      const token = jweLike(`${newSid("token")}/${clock.ms()}/${ttlSeconds}/${identity}/${roles.join()}`);
      rows.set(token, {
        identity,
        roles,
        workerSid: workerSid ?? null,
        expiresAt: new Date(clock.ms() + ttlSeconds * 1000),
      });
      return token;
    },
    find(token) {
      const row = rows.get(token);
      return row && row.expiresAt.getTime() > clock.ms() ? row : undefined;
    },
  };
}

const HEADER = Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString("base64url");

/** Five parts as in a JWE (https://www.rfc-editor.org/rfc/rfc7516#section-3.1), the encrypted ones drawn from the seed: nobody can read it. */
function jweLike(seed: string): string {
  const draw = (name: string, bytes: number) =>
    Buffer.concat(Array.from({ length: bytes / 16 }, (_, i) => Buffer.from(sidFor("", `${seed}/${name}/${i}`), "hex")));
  return [HEADER, "", draw("vector", 16).subarray(0, 12), draw("text", 96), draw("tag", 16)]
    .map((part) => (typeof part === "string" ? part : part.toString("base64url")))
    .join(".");
}
