import * as z from "zod/mini";
import type { Deadline } from "../../runtime/deadline";
import { callHttps, type HttpsAnswer, type HttpsCall, readAll } from "../../runtime/https-call";

const HOST = "https://api.telegram.org";

/** More than any answer that we read. */
const LONGEST_ANSWER = 512 * 1024;

export interface BotApi {
  /** Part of every URL: none of them may stand in an error or a log. */
  token: string;
  deadline: Deadline;
}

/** https://core.telegram.org/bots/api#making-requests */
export type BotAnswer = { ok: true; result: unknown } | BotRefusal;

export interface BotRefusal {
  ok: false;
  /** Of HTTP, which Telegram repeats as its `error_code`. */
  status: number;
  /** In Telegram's words; empty where the answer was none of its. */
  description: string;
  retryAfterSeconds?: number;
}

/** Calls a method with fields, or with a form where a file is among them. Throws what `callHttps` throws. */
export async function callBotApi(
  { token, deadline }: BotApi,
  method: string,
  fields: Record<string, unknown> | FormData = {},
): Promise<BotAnswer> {
  const call = fields instanceof FormData ? await multipart(fields) : json(fields);
  return readAnswer(await callHttps(`${HOST}/bot${token}/${method}`, deadline, { method: "POST", ...call }));
}

/** Asks for a file by the path that `getFile` told; the caller has made sure that it is one. */
export function callForFile({ token, deadline }: BotApi, path: string): Promise<HttpsAnswer> {
  return callHttps(`${HOST}/file/bot${token}/${path.split("/").map(encodeURIComponent).join("/")}`, deadline);
}

function json(fields: Record<string, unknown>): HttpsCall {
  const bytes = Buffer.from(JSON.stringify(fields));
  return { headers: { "content-type": "application/json" }, content: { bytes, size: bytes.length } };
}

async function multipart(form: FormData): Promise<HttpsCall> {
  // Not a Response: in Twilio's runtime the global of that name is Twilio's own.
  const encoded = new Request(HOST, { method: "POST", body: form });
  const bytes = new Uint8Array(await encoded.arrayBuffer());
  return {
    headers: { "content-type": encoded.headers.get("content-type") ?? "" },
    content: { bytes, size: bytes.length },
  };
}

const answerSchema = z.object({
  ok: z.boolean(),
  result: z.optional(z.unknown()),
  description: z.catch(z.optional(z.string()), undefined),
  parameters: z.catch(
    z.optional(z.object({ retry_after: z.optional(z.number().check(z.int(), z.gte(0))) })),
    undefined,
  ),
});

async function readAnswer({ status, bytes }: HttpsAnswer): Promise<BotAnswer> {
  const answer = parsed(await readAll(bytes, LONGEST_ANSWER));
  if (answer?.ok && status === 200) return { ok: true, result: answer.result };
  const { description = "", parameters } = answer ?? {};
  const retryAfter = parameters?.retry_after;
  return { ok: false, status, description, ...(retryAfter !== undefined && { retryAfterSeconds: retryAfter }) };
}

function parsed(content: Buffer): z.output<typeof answerSchema> | undefined {
  try {
    return answerSchema.safeParse(JSON.parse(content.toString())).data;
  } catch {
    return undefined;
  }
}
