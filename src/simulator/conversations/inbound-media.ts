import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { MessagingBinding } from "./rows";

/** A file that a customer sends along. */
export interface SentFile {
  contentType: string;
  filename?: string;
  content: Buffer;
}

/**
 * An MMS brings up to ten files (https://www.twilio.com/docs/messaging/api/media-resource), other channels one: no phone
 * sends more. That Conversations keeps those of an MMS in one Message is unverified.
 */
export function refuseFiles({ type }: MessagingBinding, files: readonly SentFile[] = []): void {
  const most = type === "sms" ? 10 : 1;
  if (files.length > most) throw new ApiError(400, 20001, `A message of this channel brings ${most} files at most`);
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
