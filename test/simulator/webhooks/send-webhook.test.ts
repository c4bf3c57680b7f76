import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createEventLog, type EventLog } from "../../../src/simulator/event-log";
import { account } from "../../../src/simulator/seeds";
import { webhookSender } from "../../../src/simulator/webhooks/send-webhook";
import { createWork, type Work } from "../../../src/simulator/work";
import { useReceiver } from "../use-receiver";

const receiver = useReceiver();
const servers: Server[] = [];
let log: EventLog;
let work: Work;
beforeEach(() => {
  log = createEventLog(() => new Date());
  work = createWork(() => undefined);
});
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

it("posts a form, signed over the URL and every parameter", async () => {
  const answer = await send(receiver.url("/hook?key=1"), { params: { Body: "é & 👋", From: "+15550101234" } });
  expect(receiver.received).toEqual([
    { method: "POST", path: "/hook", params: { Body: "é & 👋", From: "+15550101234" }, signed: true },
  ]);
  expect(answer).toMatchObject({ status: 200, body: "{}" });
});

it("asks by GET with the parameters in the query, signed over the URL alone", async () => {
  await send(receiver.url("/hook?key=1"), { method: "GET", params: { Body: "é & 👋" } });
  expect(receiver.received).toEqual([
    { method: "GET", path: "/hook", params: { key: "1", Body: "é & 👋" }, signed: true },
  ]);
});

it("reaches this account's Functions by their own host name", async () => {
  const hosts: unknown[] = [];
  const port = await listen((request, response) => {
    hosts.push(request.headers.host);
    response.end();
  });
  await send(`https://${account.functionsDomain}/inbound/telegram`, { port });
  expect(hosts).toEqual([account.functionsDomain]);
});

it("reaches programs on this machine by IPv6", async () => {
  const port = await listen((_, response) => response.end("six"), "::1");
  expect(await send(`http://[::1]:${port}/hook`)).toMatchObject({ status: 200, body: "six" });
});

it("hands over what it was answered", async () => {
  const port = await listen((_, response) => response.writeHead(418, { "x-mood": "short" }).end("no"));
  expect(await send(`http://localhost:${port}/`)).toMatchObject({
    status: 418,
    headers: { "x-mood": "short" },
    body: "no",
  });
});

it.each(["https://example.com/hook", "inbound/telegram", ""])("goes nowhere else: %p", async (url) => {
  expect(await send(url)).toEqual({ status: 0, headers: {}, body: "", failure: "refused" });
  expect(log.entries).toMatchObject([{ kind: "webhook", status: 0, data: { url, failure: "refused" } }]);
});

it("is refused where nobody listens", async () => {
  const port = await listen(() => undefined);
  await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
  expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 0, failure: "refused" });
});

it("is refused by an answer that breaks off, without waiting for the rest", async () => {
  const port = await listen((_, response) => {
    response.writeHead(200, { "content-length": 100 });
    response.write("half", () => response.destroy());
  });
  expect(await send(`http://127.0.0.1:${port}/`, { timeoutMs: 60_000 })).toMatchObject({ failure: "refused" });
});

it("logs what it sent, what came of it and what it was about", async () => {
  await send(receiver.url(), { about: { conversationSid: "CH1" } });
  expect(log.entries).toMatchObject([
    {
      kind: "webhook",
      name: "a webhook",
      status: 200,
      conversationSid: "CH1",
      data: { url: receiver.url(), params: { Body: "Hello" } },
    },
  ]);
});

it("keeps the world busy until it is answered", async () => {
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    void listen((_, response) => {
      answer = () => response.end();
      resolve();
    }).then((port) => send(`http://127.0.0.1:${port}/`));
  });
  await asked;
  let settled = false;
  const settling = work.settled().then(() => {
    settled = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(settled).toBe(false);
  answer();
  await settling;
});

type Sending = Partial<Parameters<ReturnType<typeof webhookSender>>[0]> & { port?: number };

function send(url: string, { port = 1, ...more }: Sending = {}) {
  const sendWebhook = webhookSender({ account, log, work, port: () => port });
  return sendWebhook({ name: "a webhook", url, params: { Body: "Hello" }, timeoutMs: 2000, ...more });
}

async function listen(answer: RequestListener, host = "127.0.0.1"): Promise<number> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}
