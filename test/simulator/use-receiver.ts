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

/** A program of the account's owner that webhooks call; it answers 200 to all. */
export function useReceiver() {
  const received: Received[] = [];
  let server: Server;
  const port = () => (server.address() as AddressInfo).port;
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      received.push(await read(request, `http://localhost:${port()}`));
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => void received.splice(0));
  return {
    received,
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
