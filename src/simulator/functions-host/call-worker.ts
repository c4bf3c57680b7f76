import { Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";

/** One call of a Function, read and admitted. */
export interface FunctionCall {
  method: string;
  /** Path and query, as sent. */
  url: string;
  /** Name, value, name, value. */
  headers: readonly string[];
  body: Buffer;
}

export interface Answer {
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

/** Belong to one connection and not to the message (RFC 9110, 7.6.1), or are set anew for the next one. */
const OF_THE_CONNECTION = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "expect",
  "upgrade",
]);

const agent = new Agent({ keepAlive: true, noDelay: true });

/** Passes a call on to the worker at `port`. Rejects when the worker dies over it. */
export function callWorker(port: number, call: FunctionCall): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method, url, body } = call;
    const headers = [...withoutConnection(call.headers), "content-length", String(body.length)];
    const outgoing = request({ agent, host: "127.0.0.1", port, method, path: url, headers });
    outgoing.on("error", reject);
    outgoing.on("response", (response) => readAnswer(response).then(resolve, reject));
    outgoing.end(body);
  });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const headers = Object.entries(response.headers).filter(([name]) => !OF_THE_CONNECTION.has(name));
  return { status: response.statusCode ?? 500, headers: Object.fromEntries(headers), body: Buffer.concat(chunks) };
}

function withoutConnection(headers: readonly string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const [name = "", value = ""] = headers.slice(i, i + 2);
    if (!OF_THE_CONNECTION.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}
