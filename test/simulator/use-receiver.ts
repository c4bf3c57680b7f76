import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { validateRequest } from "twilio/lib/webhooks/webhooks";
import { account } from "../../src/simulator/seeds";

export interface Received {
  method: string;
  path: string;
  params: Record<string, string>;
  /** Whether the signature is the account's, over the URL as called and the form. */
  signed: boolean;
}

/** How a call is answered: with a status, with JSON, or never. */
export interface Answer {
  status?: number;
  json?: unknown;
  /** Sent as it is. */
  text?: string;
  never?: boolean;
}

/** A program of the account's owner that webhooks call; it answers 200 to all but the events that a test has it answer otherwise. */
export function useReceiver() {
  const received: Received[] = [];
  const answers = new Map<string, Answer[]>();
  let server: Server;
  const port = () => (server.address() as AddressInfo).port;
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const call = await read(request, `http://localhost:${port()}`);
      received.push(call);
      const { status = 200, json = {}, text = JSON.stringify(json), never = false } = next(call.params.EventType) ?? {};
      if (!never) response.writeHead(status).end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    received.splice(0);
    answers.clear();
  });
  /** The last answer stands for all further calls. */
  function next(event = ""): Answer | undefined {
    const given = answers.get(event) ?? [];
    return given.length > 1 ? given.shift() : given[0];
  }
  return {
    received,
    /** Answers an event so, one call after the other. */
    answer: (event: string, ...given: Answer[]) => void answers.set(event, given),
    /** What came of one event. */
    of: (event: string) => received.filter(({ params }) => params.EventType === event).map(({ params }) => params),
    url: (path = "/hook") => `http://localhost:${port()}${path}`,
    /** The events that came, in no promised order. */
    events: () => received.map(({ params }) => params.EventType),
  };
}

async function read(request: IncomingMessage, origin: string): Promise<Received> {
  let body = "";
  for await (const chunk of request) body += chunk;
  const url = new URL(request.url ?? "/", origin);
  const form = Object.fromEntries(new URLSearchParams(body));
  const signature = String(request.headers["x-twilio-signature"]);
  return {
    method: String(request.method),
    path: url.pathname,
    params: request.method === "GET" ? Object.fromEntries(url.searchParams) : form,
    signed: validateRequest(account.authToken, signature, url.href, form),
  };
}
