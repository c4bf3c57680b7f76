import type { OutgoingFile, OutgoingMessage } from "../adapter";
import { isShown } from "../attachment-verdict";
import { extensionOf, FILE_TYPES, kindOf, typeOfContent } from "../file-types";
import { LIMITS } from "../limits";
import { MOST_BYTES } from "./body-size";
import { type BotApi, callBotApi, written } from "./bot-api";
import { failedCall, refusedMessage, withReason } from "./delivery-errors";

export interface Sender extends BotApi {
  /** The name that users see. */
  name: string;
}

/** https://developers.viber.com/docs/api/rest-bot-api/#send-message */
export async function sendMessage(sender: Sender, userId: string, message: OutgoingMessage): Promise<string> {
  if (sender.deadline.remainingMs() === 0) throw withReason("unavailable");
  const said = message.file ? await withFile(message.file, message.text) : ofText(message.text ?? "");
  const content = written({ receiver: userId, min_api_version: 1, sender: { name: sender.name }, ...said });
  if (content.length > MOST_BYTES) throw withReason("too_long");
  const answer = await callBotApi(sender, "send_message", content).catch((cause: unknown) => {
    throw failedCall(cause);
  });
  const { message_token: id } = answer.fields;
  if (answer.status !== 0 || answer.httpStatus !== 200) throw refusedMessage(answer);
  if (typeof id !== "string" && typeof id !== "number") throw withReason("unclear");
  return String(id);
}

const { text: textLimit, files } = LIMITS.viber.toCustomer;

function ofText(text: string) {
  if (text.length > textLimit.most) throw withReason("too_long");
  return { type: "text", text };
}

/** A picture has a caption, though it may be empty; beside other files there is none. */
async function withFile(file: OutgoingFile, text = "") {
  const isPicture = isShown("viber", file) && kindOf(file.contentType) === "image";
  if (text.length > (isPicture ? (files?.caption?.most ?? 0) : 0)) throw withReason("too_long");
  const media = await file.link();
  if (isPicture) return { type: "picture", text, media };
  const { size } = file;
  if (isShown("viber", file) && isVideoLink(media)) return { type: "video", media, size };
  return { type: "file", media, size, file_name: nameOf(file) };
}

/** By its ending Viber tells a video; links of Twilio's have none, and make it a file. */
const isVideoLink = (link: string) => /\.mp4$/i.test(new URL(link).pathname);

const LONGEST_NAME = 256;

/** With the ending that Viber asks for. */
function nameOf({ filename, contentType }: OutgoingFile): string {
  const type = typeOfContent(contentType);
  const ending = `.${extensionOf(filename) ?? (type ? FILE_TYPES[type].extensions[0] : "bin")}`;
  const stem = extensionOf(filename) ? filename.trim().slice(0, -ending.length) : filename.trim();
  return `${stem.slice(0, LONGEST_NAME - ending.length).replace(/[\ud800-\udbff]$/, "")}${ending}`;
}
