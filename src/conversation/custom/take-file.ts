import { FileError, type FileReason, type PlatformConnection, type PlatformFile } from "../../channels/adapter";
import type { CustomChannel } from "../../channels/custom-identity";
import { fileLimits } from "../../channels/limits";
import { deadlineIn } from "../../runtime/deadline";
import { AppError, DeadlineError } from "../../runtime/errors";
import type { MessageFile } from "../../twilio/media";
import { checkedUpload } from "../checked-upload";
import type { Desk } from "../desk";

/** Where a customer's file comes from, and the service that keeps it. */
export interface FileOnItsWay {
  channel: CustomChannel;
  file: PlatformFile;
  serviceSid: string;
}

/** `words` say to an agent why there is none. */
export type TakenFile = { ok: true; file: MessageFile } | { ok: false; words: string };

/** Left for the post, and whatever goes wrong with it. */
const LEFT_MS = 2_500;

const WORDS: Readonly<Record<FileReason, string>> = {
  too_big: "The file is too large to be passed on.",
  gone: "The file was no longer there.",
  foreign_host: "The file is not kept where the platform keeps files.",
  unavailable: "The platform did not hand the file out.",
};
const TOO_SLOW = "The file did not come in time.";
const NOT_KEPT = "The file could not be kept.";

/** Passes a customer's file on to where Messages have theirs, as a stream; never without an answer, and in time for the post. */
export async function takeFile(desk: Desk, connect: Connect, wanted: FileOnItsWay): Promise<TakenFile> {
  const deadline = deadlineIn(Math.max(0, desk.deadline.remainingMs() - LEFT_MS));
  try {
    deadline.check();
    const opened = await open(connect(deadline), wanted.file);
    const most = fileLimits(wanted.channel, "fromCustomer")?.bytesEach ?? 0;
    const { content, size = wanted.file.size } = opened;
    const known = size === undefined ? await held(wanted.channel, content, most) : { bytes: content, size };
    const { filename, contentType = "application/octet-stream" } = wanted.file;
    const { twilio } = desk;
    return await checkedUpload(
      { twilio, deadline, serviceSid: wanted.serviceSid },
      { ...known, contentType, ...(filename ? { filename } : {}) },
      { channel: wanted.channel, direction: "fromCustomer" },
    );
  } catch (error) {
    const isLate = error instanceof DeadlineError || deadline.remainingMs() === 0;
    const code = isLate ? "deadline" : error instanceof FileError ? error.reason : codeOf(error);
    desk.log.warn("file_not_taken", { channel: wanted.channel, code });
    return { ok: false, words: isLate ? TOO_SLOW : error instanceof FileError ? WORDS[error.reason] : NOT_KEPT };
  }
}

export type Connect = (deadline: ReturnType<typeof deadlineIn>) => PlatformConnection;

/** Once more when the platform is down for a moment. */
async function open(connection: PlatformConnection, file: PlatformFile) {
  try {
    return await connection.openFile(file);
  } catch (error) {
    if (!(error instanceof FileError && error.reason === "unavailable")) throw error;
    return await connection.openFile(file);
  }
}

/** A Function has 256 MB: https://www.twilio.com/docs/serverless/functions-assets/limits */
const MOST_HELD = 32 * 1024 * 1024;

/** Where nobody tells the size beforehand, as Twilio wants it, it is found out. */
async function held(channel: CustomChannel, content: AsyncIterable<Uint8Array>, most: number) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > Math.min(most, MOST_HELD)) throw new FileError(channel, "too_big");
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks, size), size };
}

const codeOf = (error: unknown) => (error instanceof AppError ? error.code : "internal");
