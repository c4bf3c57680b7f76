import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A call as it came, to the byte. */
export interface Call {
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

interface Answer {
  status: number;
  body?: string;
}

/** A program of the bot's owner, which answers 200 to all that a test has it answer no other way. */
export function useWebhook() {
  const calls: Call[] = [];
  let answers: Answer[] = [];
  let server: Server;
  const origin = () => `http://localhost:${(server.address() as AddressInfo).port}`;
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      calls.push({ url: new URL(request.url ?? "/", origin()), headers: request.headers, body: Buffer.concat(chunks) });
      const { status, body = "" } = answers.shift() ?? { status: 200 };
      response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    calls.splice(0);
    answers = [];
  });
  return {
    calls,
    url: (path = "/hook") => `${origin()}${path}`,
    /** Answers the next calls so, one after the other; those after them with 200. */
    answer: (...given: Answer[]) => {
      answers = given;
    },
    /** What came, read as JSON, by the numbers of updates: those sent at once come in any order. */
    events: () =>
      calls
        .map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>)
        .sort((a, b) => Number(a.update_id ?? 0) - Number(b.update_id ?? 0)),
  };
}
