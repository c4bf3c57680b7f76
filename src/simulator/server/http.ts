import type { IncomingMessage, ServerResponse } from "node:http";
import { ApiError } from "./api-error";

export async function readBody(request: IncomingMessage, longest: number): Promise<Buffer> {
  const tooLong = () => new ApiError(413, 20413, `The body is longer than ${longest} bytes`);
  if (Number(request.headers["content-length"] ?? 0) > longest) throw tooLong();
  const chunks: Buffer[] = [];
  let size = 0;
  // The request outlives a refusal: destroying it would take the connection, and with it the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > longest) throw tooLong();
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body?: unknown,
  headers: Record<string, string> = {},
): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  sendText(response, status, JSON.stringify(body), headers);
}

/** Sends what passes for JSON. */
export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(text),
      ...headers,
    })
    .end(text);
}

/** Sends a file; its type is in the headers. */
export function sendContent(
  response: ServerResponse,
  status: number,
  content: Buffer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-length": content.length, ...headers }).end(content);
}
