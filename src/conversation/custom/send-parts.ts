import { DeliveryError, type OutgoingMessage, type PlatformConnection } from "../../channels/adapter";
import { ADAPTERS } from "../../channels/adapters";
import { planMessages } from "../../channels/attachments";
import type { CustomChannel } from "../../channels/custom-identity";
import { render } from "../../channels/rich-text/render";
import { deadlineIn } from "../../runtime/deadline";
import { MisconfiguredError } from "../../runtime/errors";
import type { MessageFile } from "../../twilio/media";
import type { Desk } from "../desk";
import { outgoingFile } from "./outgoing-file";
import type { CustomConversation } from "./whose-conversation";

/** What a Message says: Flex's markdown, and files. */
export interface Said {
  body: string;
  files: readonly MessageFile[];
}

export interface SentParts {
  /** By the platform's ids, in order; those sent before included. */
  ids: string[];
  /** How many it takes in all. */
  of: number;
  /** Why the rest did not go out. */
  failure?: DeliveryError;
}

/** Kept back to write down what became of it. */
const KEPT_MS = 1_500;

/**
 * Sends a Message to its customer, in as many parts as the channel needs, one after another. Waits where the platform asks
 * to and there is time; ends at the first part that does not go out, so that nothing overtakes it.
 */
export async function sendParts(
  desk: Desk,
  conversation: CustomConversation,
  { body, files }: Said,
  already: readonly string[] = [],
): Promise<SentParts> {
  const { channel, userId } = conversation.customer;
  const deadline = deadlineIn(Math.max(0, desk.deadline.remainingMs() - KEPT_MS));
  const media = { twilio: desk.twilio, deadline, serviceSid: conversation.serviceSid };
  const { messages, refused } = planMessages(channel, {
    ...(body.trim() ? { text: render(channel, body) } : {}),
    files: files.map((file) => outgoingFile(file, media, conversation)),
  });
  const sent: SentParts = { ids: [...already], of: messages.length + refused.length };
  if (refused[0]) sent.failure = new DeliveryError(channel, "bad_file", refused[0].words);
  else if (sent.of === 0) sent.failure = new DeliveryError(channel, "refused", "There is nothing in it to be sent.");
  try {
    const connection = ADAPTERS[channel].connect(desk.variables, deadline);
    for (const message of messages.slice(already.length)) {
      sent.ids.push(await sendPatiently(connection, userId, message, deadline));
    }
  } catch (error) {
    sent.failure = failureOf(channel, error);
  }
  return sent;
}

/** For what was certainly not sent: as often as the platform asks and time allows, and once more when it is down. */
async function sendPatiently(
  connection: PlatformConnection,
  userId: string,
  message: OutgoingMessage,
  { remainingMs }: { remainingMs(): number },
): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await connection.send(userId, message);
    } catch (error) {
      const ms = pauseAfter(error, attempt);
      if (ms === undefined || ms >= remainingMs()) throw error;
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  }
}

const SHORT_PAUSE_MS = 300;

function pauseAfter(error: unknown, attempt: number): number | undefined {
  if (!(error instanceof DeliveryError)) return undefined;
  if (error.reason === "rate_limited") return (error.more.retryAfterSeconds ?? 1) * 1000;
  return error.reason === "unavailable" && attempt === 1 ? SHORT_PAUSE_MS : undefined;
}

function failureOf(channel: CustomChannel, cause: unknown): DeliveryError {
  if (cause instanceof DeliveryError) return cause;
  if (cause instanceof MisconfiguredError) {
    const words = "The channel is not set up. An administrator finds in the log what is missing.";
    return new DeliveryError(channel, "unauthorized", words, { cause });
  }
  return new DeliveryError(channel, "unclear", "No clear answer came: the message may have arrived.", { cause });
}
