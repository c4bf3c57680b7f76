import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { useTelegram } from "../telegram/use-telegram";

const bot = useTelegram();
const open: ServerResponse[] = [];
let server: Server;
let most = 0;

/** Answers nothing until it is let go. */
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    open.push(response);
    most = Math.max(most, open.length);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  most = 0;
});

async function underWay(count: number) {
  while (open.length < count) await new Promise((resolve) => setImmediate(resolve));
}

describe("events of a platform", () => {
  it("come side by side, and one user's too, up to as many as the bot wants", async () => {
    const url = `http://localhost:${(server.address() as AddressInfo).port}/`;
    await bot.call("setWebhook", { url, max_connections: 3 });
    for (let i = 0; i < 5; i++) bot.user().say(`${i}`);
    await underWay(3);
    const answered = bot.sim.simulator.settled();
    for (let left = 5; left > 0; left--) {
      await underWay(1);
      open.shift()?.writeHead(200).end();
    }
    await answered;
    expect(most).toBe(3);
    expect((await bot.call("getWebhookInfo")).result).toMatchObject({ pending_update_count: 0 });
  });
});
