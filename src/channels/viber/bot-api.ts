import * as z from "zod/mini";
import type { Deadline } from "../../runtime/deadline";
import { callHttps, readAll } from "../../runtime/https-call";
import { parseExactly } from "./exact-json";

const BASE = "https://chatapi.viber.com/pa";

/** More than any answer that we read. */
const LONGEST_ANSWER = 512 * 1024;

export interface BotApi {
  /** Opens everything: it must not stand in an error or a log. */
  token: string;
  deadline: Deadline;
}

/** https://developers.viber.com/docs/api/rest-bot-api/#error-codes */
export interface BotAnswer {
  /** Of HTTP: 200 for whatever Viber itself answers. */
  httpStatus: number;
  retryAfterSeconds?: number;
  /** 0 for what was done, undefined where the answer was none of Viber's. */
  status?: number;
  /** In Viber's words. */
  message: string;
  fields: Record<string, unknown>;
}

/** Throws what `callHttps` throws. */
export async function callBotApi({ token, deadline }: BotApi, method: string, content: Uint8Array): Promise<BotAnswer> {
  const answer = await callHttps(`${BASE}/${method}`, deadline, {
    method: "POST",
    headers: { "content-type": "application/json", "x-viber-auth-token": token },
    content: { bytes: content, size: content.length },
  });
  const fields = parsed(await readAll(answer.bytes, LONGEST_ANSWER));
  const { status, status_message: message = "" } = statusSchema.safeParse(fields).data ?? {};
  const retryAfter = answer.headers["retry-after"] ?? "";
  return {
    ...{ httpStatus: answer.status, status, message, fields },
    ...(/^\d{1,5}$/.test(retryAfter) && { retryAfterSeconds: Number(retryAfter) }),
  };
}

export const written = (fields: Record<string, unknown>): Uint8Array => Buffer.from(JSON.stringify(fields));

const statusSchema = z.object({ status: z.number(), status_message: z.catch(z.string(), "") });
const fieldsSchema = z.record(z.string(), z.unknown());

function parsed(content: Buffer): Record<string, unknown> {
  try {
    return fieldsSchema.safeParse(parseExactly(content.toString())).data ?? {};
  } catch {
    return {};
  }
}
