import * as z from "zod/mini";
import { baseEnv, readEnv } from "../../runtime/env";
import { TransferError } from "../../runtime/errors";
import { callHttps, readAll } from "../../runtime/https-call";
import { signAsTwilio } from "../../runtime/twilio-signature";
import type { StoredMessage } from "../../twilio/messages";
import { type Desk, RELAY_HOOK } from "../desk";

const LONGEST_ANSWER = 64 * 1024;
const token = z.pick(baseEnv, { AUTH_TOKEN: true });
const answer = z.object({
  status: z.enum(["sent", "failed", "pending", "known", "ignored"]),
  words: z.optional(z.string()),
});

type Relayed = z.output<typeof answer>;
export type MessageToRelay = Pick<StoredMessage, "sid" | "author" | "body" | "files" | "attributes">;

/**
 * Has the relay carry a Message of which its hook has not heard, by the same fields and signed as Twilio signs them: whoever
 * asks knows no platform. Answers what became of it.
 */
export async function askRelay(desk: Desk, conversationSid: string, message: MessageToRelay): Promise<Relayed> {
  const { sid: MessageSid, author: Author, body: Body, files, attributes } = message;
  const media = files.map(({ sid: Sid, contentType: ContentType, size: Size, filename: Filename }) => ({
    ...{ Sid, ContentType, Size, Filename },
  }));
  const fields = {
    ...{ EventType: "onMessageAdded", ConversationSid: conversationSid, MessageSid, Author, Body },
    Attributes: JSON.stringify(attributes),
    Media: JSON.stringify(media),
  };
  const url = desk.urlOf(RELAY_HOOK);
  const signature = signAsTwilio(readEnv(token, desk.variables).AUTH_TOKEN, url, fields);
  const bytes = Buffer.from(new URLSearchParams(fields).toString());
  const reply = await callHttps(url, desk.deadline, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature },
    content: { bytes, size: bytes.length },
  });
  const text = (await readAll(reply.bytes, LONGEST_ANSWER)).toString();
  if (reply.status !== 200) throw new TransferError(`the relay answered ${reply.status}`);
  return answer.parse(JSON.parse(text));
}
