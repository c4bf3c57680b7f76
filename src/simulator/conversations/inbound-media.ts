import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { whyNotSent } from "./channel-files";
import type { MessagingBinding } from "./rows";

/** A file that a customer sends along. */
export interface SentFile {
  contentType: string;
  filename?: string;
  content: Buffer;
}

/** No phone sends more than its channel carries. That Conversations keeps all files of an MMS in one Message is unverified. */
export function refuseFiles({ type }: MessagingBinding, files: readonly SentFile[] = []): void {
  const reason = whyNotSent(
    type,
    files.map(({ content }) => content.length),
  );
  if (reason) throw new ApiError(400, 20001, reason);
}

/** Takes a customer's files into the service of their Conversation, for one Message to show. */
export function takeFiles(
  { media }: World,
  serviceSid: string,
  author: string,
  files: readonly SentFile[] = [],
): string[] {
  return files.map((file) => media.add({ serviceSid, author, ...file }).sid);
}
