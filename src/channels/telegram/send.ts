import * as z from "zod/mini";
import type { OutgoingFile, OutgoingMessage } from "../adapter";
import { isShown } from "../attachment-verdict";
import { kindOf, typeOfContent } from "../file-types";
import { type BotAnswer, type BotApi, callBotApi } from "./bot-api";
import { failedCall, refusedMessage, withReason } from "./delivery-errors";

/** Sends a message, its looks beside the text: there is no markup that a text could break. */
export async function sendMessage(api: BotApi, userId: string, message: OutgoingMessage): Promise<string> {
  const { text, entities, file } = message;
  if (file) return sendFile(api, userId, { ...message, file });
  return sentId(await call(api, "sendMessage", { chat_id: userId, text, ...(entities && { entities }) }), false);
}

type MessageWithFile = OutgoingMessage & { file: OutgoingFile };

/** A method of https://core.telegram.org/bots/api#sending-files, and the field that its file goes by. */
const METHODS = {
  image: ["sendPhoto", "photo"],
  video: ["sendVideo", "video"],
  audio: ["sendAudio", "audio"],
  voice: ["sendVoice", "voice"],
  document: ["sendDocument", "document"],
} as const;

/**
 * A photo has to keep to dimensions, and some people take no voice messages: what Telegram does not show for a reason of
 * its own goes once more, as a document.
 */
async function sendFile(api: BotApi, userId: string, message: MessageWithFile): Promise<string> {
  const bytes = new Blob([await message.file.content()], { type: message.file.contentType });
  const send = (shownAs: keyof typeof METHODS) => {
    const [method, field] = METHODS[shownAs];
    return call(api, method, formOf(userId, message, field, bytes));
  };
  const shownAs = waysOf(message.file);
  const answer = await send(shownAs);
  const isOver = answer.ok || shownAs === "document" || refusedMessage(answer, true).reason !== "bad_file";
  return sentId(isOver ? answer : await send("document"), true);
}

function waysOf(file: OutgoingFile): keyof typeof METHODS {
  if (typeOfContent(file.contentType) === "ogg") return "voice";
  return isShown("telegram", file) ? kindOf(file.contentType) : "document";
}

function formOf(userId: string, { text, entities, file }: MessageWithFile, field: string, bytes: Blob): FormData {
  const form = new FormData();
  form.set("chat_id", userId);
  if (text) form.set("caption", text);
  if (text && entities) form.set("caption_entities", JSON.stringify(entities));
  form.set(field, bytes, file.filename);
  return form;
}

async function call(api: BotApi, method: string, fields: Record<string, unknown> | FormData): Promise<BotAnswer> {
  if (api.deadline.remainingMs() === 0) throw withReason("unavailable");
  return callBotApi(api, method, fields).catch((cause: unknown) => {
    throw failedCall(cause);
  });
}

const sentSchema = z.object({ message_id: z.number() });

function sentId(answer: BotAnswer, withFile: boolean): string {
  if (!answer.ok) throw refusedMessage(answer, withFile);
  const sent = sentSchema.safeParse(answer.result).data;
  if (!sent) throw withReason("unclear");
  return String(sent.message_id);
}
