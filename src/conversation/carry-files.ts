import { deadlineIn } from "../runtime/deadline";
import { AppError } from "../runtime/errors";
import { tryAgain } from "../runtime/try-again";
import { fetchConversation } from "../twilio/conversations";
import type { MessageFile } from "../twilio/media";
import { type MediaService, openMedia, uploadMedia } from "../twilio/media-content";
import type { Desk } from "./desk";

/** For all files at once: a claim must not pass meanwhile, and what follows needs time too. */
const MOST_MS = 5_000;
const LEFT_MS = 3_000;

/**
 * Uploads files of one Conversation anew, as one belongs to a single Message (50508). Answers which each became; what
 * failed, or was too large for the time there is, is missing. Small ones go first, so that a large one costs no other.
 */
export async function carryFiles(
  desk: Desk,
  conversationSid: string,
  files: readonly MessageFile[],
): Promise<ReadonlyMap<string, MessageFile>> {
  const carried = new Map<string, MessageFile>();
  const deadline = deadlineIn(Math.max(0, Math.min(MOST_MS, desk.deadline.remainingMs() - LEFT_MS)));
  let service: MediaService | undefined;
  for (const file of files.toSorted((one, other) => one.size - other.size)) {
    try {
      service ??= { twilio: desk.twilio, deadline, serviceSid: await serviceOf(desk, conversationSid) };
      carried.set(file.sid, await carry(service, file));
    } catch (error) {
      const code = error instanceof AppError ? error.code : "internal";
      desk.log.warn("file_not_carried", { conversationSid, mediaSid: file.sid, code });
    }
  }
  return carried;
}

const serviceOf = async ({ twilio }: Desk, sid: string) => (await fetchConversation(twilio, sid)).chatServiceSid;

/** Again from its beginning when something fails on the way: a copy that nobody shows does no harm. */
function carry(service: MediaService, { sid, size }: MessageFile): Promise<MessageFile> {
  return tryAgain(service.deadline, async () => uploadMedia(service, await openMedia(service, sid, { most: size })));
}
