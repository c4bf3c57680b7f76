import * as z from "zod/mini";
import type { Deadline } from "../runtime/deadline";
import { TransferError, TwilioRefusal, TwilioUnclear } from "../runtime/errors";
import { type Bytes, callHttps, exactly, type HttpsAnswer, readAll } from "../runtime/https-call";
import { tryAgain } from "../runtime/try-again";
import type { TwilioClient } from "../runtime/twilio-client";
import type { MessageFile } from "./media";

/*
 * The Media Content Service, which Twilio's SDK does not know:
 * https://www.twilio.com/docs/conversations-classic/api/media-resource
 */

/** The files of one Conversations service. */
export interface MediaService {
  twilio: TwilioClient;
  deadline: Deadline;
  /** The service of the Conversation (`IS`). */
  serviceSid: string;
}

/** A file to be kept for a Message. */
export interface NewFile {
  bytes: Bytes;
  /** Bytes; fewer or more are a failure. */
  size: number;
  contentType: string;
  filename?: string;
}

/** A file whose bytes are on their way. */
export interface OpenedFile extends MessageFile {
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * Keeps a file, for one Message to show. A stream passes through and is never held whole. Not repeated: after a failure a
 * file that nobody shows may be left.
 */
export async function uploadMedia(service: MediaService, file: NewFile): Promise<MessageFile> {
  const { filename, bytes, size } = file;
  const query = new URLSearchParams({ Category: "media", ...(filename ? { Filename: filename } : {}) });
  const headers = { authorization: credentialsOf(service.twilio), "content-type": file.contentType };
  const url = `${urlOf(service)}?${query}`;
  const answer = await callHttps(url, service.deadline, { method: "POST", headers, content: { bytes, size } });
  return fileOf(await readResource(answer));
}

/** Asks for a file of one Message. Its bytes come from a link that needs no credentials, and are given none. */
export async function openMedia(
  service: MediaService,
  mediaSid: string,
  { most }: { most: number },
): Promise<OpenedFile> {
  const resource = await fetchResource(service, mediaSid);
  const { size } = resource;
  if (size > most) throw new TransferError(`more than ${most} bytes`);
  const answer = await callHttps(resource.links.content_direct_temporary, service.deadline);
  if (answer.status !== 200) await refuse(answer);
  return { ...fileOf(resource), bytes: exactly({ bytes: answer.bytes, size }) };
}

/** The same, whole. */
export async function downloadMedia(
  service: MediaService,
  mediaSid: string,
  limits: { most: number },
): Promise<MessageFile & { content: Buffer }> {
  const { bytes, ...file } = await openMedia(service, mediaSid, limits);
  return { ...file, content: await readAll(bytes, limits.most) };
}

/** Where anybody can fetch a file for some minutes. */
export async function linkToMedia(service: MediaService, mediaSid: string): Promise<string> {
  return (await fetchResource(service, mediaSid)).links.content_direct_temporary;
}

const resourceSchema = z.object({
  sid: z.string(),
  size: z.number().check(z.int(), z.gte(0)),
  content_type: z.string(),
  filename: z.optional(z.nullable(z.string())),
  links: z.object({ content_direct_temporary: z.string() }),
});
type Resource = z.output<typeof resourceSchema>;

const fileOf = ({ sid, size, content_type: contentType, filename }: Resource): MessageFile => ({
  ...{ sid, size, contentType },
  ...(filename ? { filename } : {}),
});

/** Where media lives, by the client's region and edge as for every other host. */
function urlOf({ twilio, serviceSid }: MediaService): string {
  const host = twilio.getHostname("mcs.us1.twilio.com", twilio.edge, twilio.region);
  return `https://${host}/v1/Services/${serviceSid}/Media`;
}

/** Those of the client, an API key's or the account's own. */
function credentialsOf({ username = "", password = "" }: TwilioClient): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

function fetchResource(service: MediaService, mediaSid: string): Promise<Resource> {
  const headers = { authorization: credentialsOf(service.twilio) };
  return tryAgain(service.deadline, async () =>
    readResource(await callHttps(`${urlOf(service)}/${mediaSid}`, service.deadline, { headers })),
  );
}

/** More than any answer about a file. */
const LONGEST_ANSWER = 64 * 1024;

async function readResource(answer: HttpsAnswer): Promise<Resource> {
  if (answer.status >= 300) await refuse(answer);
  const parsed = resourceSchema.safeParse(await readJson(answer));
  if (!parsed.success) throw new TwilioUnclear(parsed.error);
  return parsed.data;
}

const codeSchema = z.object({ code: z.number() });

async function refuse(answer: HttpsAnswer): Promise<never> {
  const code = codeSchema.safeParse(await readJson(answer)).data?.code ?? 0;
  const refused = new TwilioRefusal(answer.status, code, undefined);
  throw answer.status < 500 ? refused : new TwilioUnclear(refused);
}

async function readJson({ bytes }: HttpsAnswer): Promise<unknown> {
  const content = await readAll(bytes, LONGEST_ANSWER);
  try {
    return JSON.parse(content.toString());
  } catch {
    return undefined;
  }
}
