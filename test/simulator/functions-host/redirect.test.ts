import { once } from "node:events";
import { createServer, type IncomingMessage, get as plainGet } from "node:http";
import { Agent, get } from "node:https";
import { connect, Socket } from "node:net";
import tls from "node:tls";
import { redirectTwilioHosts } from "../../../src/simulator/redirect/redirect-twilio";
import { listen } from "./hosting";

/** Tests of one process share Node's own modules, so that what was there may be another's. */
const addRequest = () => Object.getOwnPropertyDescriptor(Agent.prototype, "addRequest");
const untouched = addRequest();

const server = createServer((request, response) => response.end(`${request.headers.host} ${request.url}`));
let port: number;
let undo: () => void;

beforeAll(async () => {
  port = await listen(server);
});
beforeEach(() => {
  undo = redirectTwilioHosts(port);
});
afterEach(() => undo());
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it.each(["api.twilio.com", "mcs.us1.twilio.com", "flex-1234-dev.twil.io", "api.telegram.org", "chatapi.viber.com"])(
  "brings https clients and fetch to the local port for %s, under that name",
  async (host) => {
    expect(await httpsGet(`https://${host}/a?b=1`)).toBe(`${host} /a?b=1`);
    expect(await (await fetch(`https://${host}/a?b=1`)).text()).toBe(`${host} /a?b=1`);
  },
);

it("serves clients that bring their own agent", async () => {
  const agent = new Agent({ keepAlive: true });
  expect(await httpsGet("https://api.twilio.com/one", agent)).toBe("api.twilio.com /one");
  expect(await httpsGet("https://api.twilio.com/two", agent)).toBe("api.twilio.com /two");
  agent.destroy();
});

it.each(["localhost", "127.0.0.1"])("leaves other hosts alone: %s is spoken to in TLS", async (host) => {
  await expect(httpsGet(`https://${host}:${port}/`)).rejects.toThrow();
  await expect(fetch(`https://${host}:${port}/`)).rejects.toThrow();
  expect(await (await fetch(`http://127.0.0.1:${port}/plain`)).text()).toBe(`127.0.0.1:${port} /plain`);
});

it.each([
  ["the address of a TLS connection", () => tls.connect(443, "api.twilio.com")],
  ["the server's name behind a tunnel", () => tls.connect({ socket: new Socket(), servername: "api.twilio.com" })],
])("serves who opens a connection, by %s", async (_, open) => {
  const socket = open();
  await once(socket, "secureConnect");
  expect(socket.remotePort).toBe(port);
  socket.destroy();
});

it("stops a plain connection to a redirected host, and leaves one to this machine alone, whatever host it names", async () => {
  const [failure] = await once(connect(80, "api.twilio.com"), "error");
  expect(String(failure)).toContain("A connection to api.twilio.com was stopped");
  const answer = new Promise<IncomingMessage>((resolve) => {
    plainGet({ host: "127.0.0.1", port, path: "/plain", headers: { host: "api.twilio.com" } }, resolve);
  });
  expect(String(Buffer.concat(await (await answer).toArray()))).toBe("api.twilio.com /plain");
});

it("puts back what was there when it is undone", async () => {
  const undoNested = redirectTwilioHosts(1);
  await expect(httpsGet("https://api.twilio.com/")).rejects.toThrow("ECONNREFUSED");
  await expect(fetch("https://api.twilio.com/")).rejects.toThrow();
  undoNested();
  expect(await httpsGet("https://api.twilio.com/")).toBe("api.twilio.com /");
  expect(await (await fetch("https://api.twilio.com/")).text()).toBe("api.twilio.com /");
  undo();
  expect(addRequest()).toEqual(untouched);
});

function httpsGet(url: string, agent?: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent: agent ?? false }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve(Buffer.concat(chunks).toString());
    }).on("error", reject);
  });
}
