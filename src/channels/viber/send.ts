import type { OutgoingFile, OutgoingMessage } from "../adapter";
import { isShown } from "../attachment-verdict";
import { extensionOf, FILE_TYPES, kindOf, typeOfContent } from "../file-types";
import { LIMITS } from "../limits";
import { MOST_BYTES } from "./body-size";
import { type BotAnswer, type BotApi, callBotApi, written } from "./bot-api";
import { failedCall, refusedMessage, withReason } from "./delivery-errors";

export interface Sender extends BotApi {
  /** The name that users see. */
  name: string;
}

/** https://developers.viber.com/docs/api/rest-bot-api/#send-message */
export async function sendMessage(sender: Sender, userId: string, { text = "", file }: OutgoingMessage) {
  const say = (said: Said) => send(sender, userId, said);
  if (!file) return sentId(await say(ofText(text)));
  const isShownThere = isShown("viber", file);
  const isPicture = isShownThere && kindOf(file.contentType) === "image";
  if (text.length > (isPicture ? (files?.caption?.most ?? 0) : 0)) throw withReason("too_long");
  requireTime(sender);
  const media = await file.link();
  if (isPicture) return sayPicture(say, { text, file, media });
  const { size } = file;
  return sentId(await say(isShownThere && isVideoLink(media) ? { type: "video", media, size } : asFile(file, media)));
}

type Said = Record<string, unknown> & { type: string };
type Say = (said: Said) => Promise<BotAnswer>;

const { text: textLimit, files } = LIMITS.viber.toCustomer;

function ofText(text: string): Said {
  if (text.length > textLimit.most) throw withReason("too_long");
  return { type: "text", text };
}

const asFile = (file: OutgoingFile, media: string): Said => ({
  ...{ type: "file", media, size: file.size, file_name: nameOf(file) },
});

const BAD_DATA = 3;

/**
 * A picture has a caption, though it may be empty. Its link should have an ending, which Twilio's have not; that Viber
 * refuses others is unverified. What it refuses goes as a file, the caption before it.
 */
async function sayPicture(say: Say, { text, file, media }: { text: string; file: OutgoingFile; media: string }) {
  const answer = await say({ type: "picture", text, media });
  if (answer.status !== BAD_DATA) return sentId(answer);
  if (text) sentId(await say(ofText(text)));
  return sentId(await say(asFile(file, media)));
}

async function send(sender: Sender, userId: string, said: Said): Promise<BotAnswer> {
  const content = written({ receiver: userId, min_api_version: 1, sender: { name: sender.name }, ...said });
  if (content.length > MOST_BYTES) throw withReason("too_long");
  requireTime(sender);
  return callBotApi(sender, "send_message", content).catch((cause: unknown) => {
    throw failedCall(cause);
  });
}

function requireTime({ deadline }: Sender): void {
  if (deadline.remainingMs() === 0) throw withReason("unavailable");
}

function sentId(answer: BotAnswer): string {
  const { message_token: id } = answer.fields;
  if (answer.status !== 0 || answer.httpStatus !== 200) throw refusedMessage(answer);
  if (typeof id !== "string" && typeof id !== "number") throw withReason("unclear");
  return String(id);
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
