import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { redirectTwilioHosts } from "../../../src/simulator/redirect/redirect-twilio";
import { account } from "../../../src/simulator/seeds";
import { type Simulator, startSimulator } from "../../../src/simulator/simulator";
import { bundleTool } from "../functions-host/hosting";

const API = `https://api.telegram.org/bot${account.telegramBot.token}`;

/** What comes from Telegram goes into a Conversation, and is echoed. */
const ECHOES = `
exports.handler = async (context, event, callback) => {
  const { conversations } = context.getTwilioClient().conversations.v1;
  const { chat, text } = event.message;
  const author = "telegram_" + chat.id;
  const { sid } = await conversations.create({});
  await conversations(sid).participants.create({ identity: author });
  await conversations(sid).messages.create({ author, body: text });
  await fetch("${API}/sendMessage", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ chat_id: chat.id, text: "echo: " + text }),
  });
  callback(null, "done");
};`;

let simulator: Simulator;
let folder: string;
let workerFile: string;
let undo: () => void;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "platform-functions-"));
  mkdirSync(join(folder, "functions"));
  writeFileSync(join(folder, "functions", "echoes.js"), ECHOES);
  workerFile = await bundleTool("src/simulator/functions-host/worker.ts");
  const seeded = { directory: join(folder, "functions"), env: () => ({}) };
  simulator = await startSimulator({ functions: { workerFile, processes: 1, seeded } });
  undo = redirectTwilioHosts(simulator.port);
});
afterAll(async () => {
  undo();
  await simulator.stop();
  rmSync(folder, { recursive: true });
  rmSync(workerFile);
});
beforeEach(async () => {
  await simulator.reset();
  const url = `https://${account.functionsDomain}/echoes`;
  const answer = await fetch(`${API}/setWebhook`, { method: "POST", body: new URLSearchParams({ url }) });
  expect(await answer.json()).toMatchObject({ ok: true });
});

const phone = () => simulator.world().phones.messages("telegram_4711");
const calls = () => simulator.log.entries.filter(({ name }) => name === "telegram sendMessage");
const bodies = () => phone().map(({ direction, body }) => `${direction} ${body}`);

describe("a customer of a platform", () => {
  it("writes by the lever of all channels, which answers what became of it", async () => {
    const sent = await simulator.customerSends("telegram_4711", "Hello");
    expect(simulator.state().conversations).toMatchObject([
      { sid: sent.conversationSid, messages: [{ sid: sent.messageSid, body: "Hello", author: "telegram_4711" }] },
    ]);
    expect(bodies()).toEqual(["out Hello", "in echo: Hello"]);
  });

  it("whose words nobody hears is told of no Conversation", async () => {
    await fetch(`${API}/deleteWebhook`);
    expect(await simulator.customerSends("telegram_4711", "Hello")).toEqual({ messageSid: "", conversationSid: "" });
    expect(bodies()).toEqual(["out Hello"]);
  });
});

describe("a Function's call of a platform", () => {
  it("is known to be that Function's, with how long it took", async () => {
    await simulator.customerSends("telegram_4711", "Hello");
    const ran = simulator.log.entries.find(({ kind, name }) => kind === "function" && name.includes("/echoes"));
    expect(calls()).toMatchObject([{ kind: "platform", status: 200, invocation: ran?.invocation }]);
    const [start = 0, end = 0] = calls()[0]?.span ?? [];
    expect(end).toBeGreaterThan(start);
  });

  it("takes as long as somebody wants", async () => {
    simulator.world().latency.set("telegram sendMessage", 150);
    await simulator.customerSends("telegram_4711", "Hello");
    expect(calls()[0]?.ms).toBeGreaterThanOrEqual(150);
  });

  it.each([
    ["before", ["out Hello", "in echo: Hello"]],
    ["after", ["out Hello", "in echo: Hello", "in echo: Hello"]],
  ] as const)("may kill its process %s it is done, and the update comes again", async (when, shown) => {
    simulator.world().faults.add({ operation: "telegram sendMessage", kind: `crash ${when}` });
    await simulator.customerSends("telegram_4711", "Hello");
    await simulator.advance(1);
    expect(bodies()).toEqual(shown);
    expect(simulator.state().conversations).toHaveLength(2);
  });

  it("is struck by what is aimed at any call", async () => {
    simulator.world().faults.add({ operation: "*", kind: "refused", status: 403, after: 3 });
    await simulator.customerSends("telegram_4711", "Hello");
    expect(calls()).toMatchObject([{ status: 403 }]);
  });
});
