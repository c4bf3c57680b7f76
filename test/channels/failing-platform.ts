import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { redirectTwilioHosts } from "../../src/simulator/redirect/redirect-twilio";

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

export const answering =
  (status: number, body = "", headers: Record<string, string> = {}): Behaviour =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
  };

/** Ways in which any platform may fail, however good its documentation is. */
export const FAILURES: Readonly<Record<string, Behaviour>> = {
  "answers 400 without a reason": answering(400),
  "answers 403 with a page": answering(403, "<html>Forbidden</html>"),
  "answers 413": answering(413, "<html>Request Entity Too Large</html>"),
  "answers 429": answering(429, "{}"),
  "answers 500": answering(500, "Internal Server Error"),
  "answers 502 with a page": answering(502, "<html>Bad Gateway</html>"),
  "answers with a redirection": answering(302, "", { location: "https://169.254.169.254/latest/meta-data" }),
  "answers 200 with nothing": answering(200),
  "answers 200 with no object": answering(200, "[[[[]]]]"),
  "answers 200 with half an object": answering(200, '{"ok":true,"status":0,"result":{"mess'),
  "answers 200 without what was asked for": answering(200, '{"ok":true,"status":0,"result":{}}'),
  "answers without an end": (_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const more = () => {
      while (!response.destroyed && response.write(" ".repeat(64 * 1024)));
    };
    response.on("drain", more).on("error", () => undefined);
    more();
  },
  "hangs up": (request) => request.socket.destroy(),
  "never answers": () => undefined,
};

/** A server in the place of the platforms' hosts that does with each request what the test says. */
export function useFailingPlatform() {
  let behave: Behaviour = answering(500);
  const server = createServer((request, response) => {
    request.on("error", () => undefined).resume();
    // What is refused before it was read would be a broken connection to its sender.
    if (behave === FAILURES["hangs up"]) behave(request, response);
    else request.on("end", () => behave(request, response));
  });
  let undo = () => {};
  beforeAll(async () => {
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    undo = redirectTwilioHosts((server.address() as AddressInfo).port);
  });
  afterAll(async () => {
    undo();
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  return {
    does(behaviour: Behaviour): void {
      behave = behaviour;
    },
  };
}
