import { createHmac } from "node:crypto";
import type { SentFile } from "../conversations/inbound-media";
import type { PlatformCall, PlatformRequest } from "../platforms/platform";
import type { World } from "../world";
import type { MediaRow } from "./rows";

/** Where users' files lie; the host and the form of its links are as bots have reported them. */
export const MEDIA_HOST = "dl-media.viber.com";

/** https://developers.viber.com/docs/api/rest-bot-api/#receive-message-from-user */
const LIFE_MS = 3_600_000;

export interface MediaHost {
  /** Keeps a file, and answers the link under which it can be had for an hour. */
  keep(file: SentFile): { url: string; sha256: string; size: number };
  call(request: PlatformRequest): PlatformCall;
}

const ENDINGS: Record<string, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "video/mp4": "mp4",
};

export function createMediaHost(world: World): MediaHost {
  const rows = world.memory.keep("viber media", new Map<string, MediaRow>());
  const sign = (path: string, expires: number) =>
    createHmac("sha256", world.account.viberBot.token).update(`${path} ${expires}`).digest("base64url");

  return {
    keep({ content, contentType, filename }) {
      const { sha256, size } = world.media.files.keep(content);
      const ending = ENDINGS[contentType] ?? /\.(\w{1,8})$/.exec(filename ?? "")?.[1] ?? "bin";
      const kind = contentType.startsWith("image/") ? "image/0x0" : "file";
      const path = `/5/media/2/short/any/sig/${kind}/${sha256.slice(0, 4)}/${sha256}${rows.size + 1}.${ending}`;
      const expiresAt = new Date(world.clock.ms() + LIFE_MS);
      rows.set(path, { path, sha256, contentType, expiresAt });
      const expires = Math.floor(expiresAt.getTime() / 1000);
      const query = `Expires=${expires}&Signature=${sign(path, expires)}&Key-Pair-Id=SIMULATED`;
      return { url: `https://${MEDIA_HOST}${path}?${query}`, sha256, size };
    },
    call({ url: { pathname, searchParams } }) {
      const answer = () => {
        const row = rows.get(pathname);
        const content = row && world.media.files.read(row.sha256);
        const isOpen = row && world.clock.now() < row.expiresAt;
        const isSigned = searchParams.get("Signature") === sign(pathname, Number(searchParams.get("Expires")));
        if (!content || !isOpen || !isSigned) return { status: 403, body: { error: "AccessDenied" } };
        return { status: 200, content, headers: { "content-type": row.contentType } };
      };
      return { name: "viber media", path: pathname, answer };
    },
  };
}
