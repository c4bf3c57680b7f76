import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from "node:http";
import { request } from "node:https";
import { pipeline } from "node:stream/promises";
import type { Deadline } from "./deadline";
import { AppError, DeadlineError, TransferError } from "./errors";

/** Bytes at hand, or as they come: a web stream and one of Node's are both of these. */
export type Bytes = Uint8Array | AsyncIterable<Uint8Array>;

export interface HttpsCall {
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  /** What is sent; the receiver is told the size beforehand. */
  content?: { bytes: Bytes; size: number };
}

export interface HttpsAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** As they come, each once. What is not read is dropped at the deadline. */
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * One exchange over HTTPS that ends with the deadline, however slowly the bytes come. A redirection is an answer like any
 * other: nothing is sent to a place that the caller did not name.
 */
export function callHttps(url: string, deadline: Deadline, call: HttpsCall = {}): Promise<HttpsAnswer> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(failure(cause, deadline));
    try {
      const { method = "GET", headers, content } = call;
      const size = content ? { "content-length": String(content.size) } : {};
      // A connection of its own: one kept from an earlier call may have died while the process slept.
      const options = { method, headers: { ...headers, ...size }, agent: false as const };
      const outgoing = request(url, { ...options, signal: AbortSignal.timeout(Math.ceil(deadline.check())) });
      outgoing.on("error", fail).on("response", (response) => resolve(answerOf(outgoing, response, deadline)));
      if (content) pipeline(exactly(content), outgoing).catch(fail);
      else outgoing.end();
    } catch (cause) {
      fail(cause);
    }
  });
}

function answerOf(outgoing: ClientRequest, response: IncomingMessage, deadline: Deadline): HttpsAnswer {
  async function* bytes() {
    try {
      yield* response as AsyncIterable<Buffer>;
    } catch (cause) {
      throw failure(cause, deadline);
    } finally {
      // Also where the answer came before all was sent, or is not read to its end.
      outgoing.destroy();
    }
  }
  return { status: response.statusCode ?? 0, headers: response.headers, bytes: bytes() };
}

/** As many bytes as were promised, or a failure: half a file must not pass for a whole one. */
export async function* exactly({ bytes, size }: { bytes: Bytes; size: number }): AsyncGenerator<Uint8Array> {
  let passed = 0;
  for await (const chunk of chunksOf(bytes)) {
    passed += chunk.length;
    if (passed > size) throw new TransferError(`more than the ${size} bytes that were promised`);
    yield chunk;
  }
  if (passed < size) throw new TransferError(`${passed} of the ${size} bytes that were promised`);
}

async function* chunksOf(bytes: Bytes): AsyncGenerator<Uint8Array> {
  if (bytes instanceof Uint8Array) {
    yield bytes;
    return;
  }
  try {
    yield* bytes;
  } catch (cause) {
    throw cause instanceof AppError ? cause : new TransferError("the bytes broke off", cause);
  }
}

/** All of it, unless it is more than that. */
export async function readAll(bytes: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > most) throw new TransferError(`more than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function failure(cause: unknown, deadline: Deadline): AppError {
  if (cause instanceof AppError) return cause;
  return deadline.remainingMs() === 0 ? new DeadlineError() : new TransferError("the connection failed", cause);
}
