import { createHash } from "node:crypto";
import type { CustomerRow } from "./rows";
import type { JsonObject } from "./write-json";

/** A user, with its members in the order in which they were seen. */
export function userWire({ id, name, language, country }: CustomerRow): JsonObject {
  const picture = createHash("sha256").update(id).digest("base64url");
  const avatar = `https://media-direct.cdn.viber.com/download_photo?dlid=${picture}&fltp=jpg&imsz=0000`;
  return { id, name, avatar, language, country, api_version: 10 };
}
