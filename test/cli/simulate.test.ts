import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import type { WorldState } from "../../src/simulator/levers/world-state";
import { account } from "../../src/simulator/seeds";
import { endAll, simulate, someProject } from "./simulating";

const CREATE = "https://conversations.twilio.com/v1/Conversations";
const ACCOUNT = 'Buffer.from(process.env.TWILIO_ACCOUNT_SID + ":" + process.env.TWILIO_AUTH_TOKEN).toString("base64")';

const project = someProject({
  "with-https.js": `
    const headers = { authorization: "Basic " + ${ACCOUNT}, "content-type": "application/x-www-form-urlencoded" };
    const request = require("https").request("${CREATE}", { method: "POST", headers }, (response) => {
      response.pipe(process.stdout);
    });
    request.end("FriendlyName=with-https");`,
  "with-fetch.js": `
    const headers = { authorization: "Basic " + ${ACCOUNT} };
    const body = new URLSearchParams({ FriendlyName: "with-fetch" });
    fetch("${CREATE}", { method: "POST", headers, body }).then((r) => r.text()).then(console.log);`,
  "with-own-undici.mjs": `
    import { Agent, request, setGlobalDispatcher } from "undici";
    setGlobalDispatcher(new Agent({ connections: 1 }));
    const headers = { authorization: "Basic " + ${ACCOUNT}, "content-type": "application/x-www-form-urlencoded" };
    await fetch("${CREATE}", { method: "POST", headers, body: "FriendlyName=fetch" });
    const { body } = await request("${CREATE}", { headers, dispatcher: new Agent() });
    console.log((await body.json()).conversations[0].friendly_name);`,
  "with-sdk.js": `
    const client = require("twilio")(process.env.TWILIO_ACCOUNT_SID ?? process.argv[2], process.env.TWILIO_AUTH_TOKEN ?? process.argv[3]);
    client.conversations.v1.conversations.create({ friendlyName: "with-sdk" }).then(({ friendlyName }) => console.log(friendlyName));`,
  "with-api-key.js": `
    const { TWILIO_API_KEY, TWILIO_API_SECRET, TWILIO_ACCOUNT_SID: accountSid } = process.env;
    const client = require("twilio")(TWILIO_API_KEY, TWILIO_API_SECRET, { accountSid });
    client.conversations.v1.conversations.create({ friendlyName: "with-key" }).then((made) => console.log(made.friendlyName));`,
  "with-children.js": `
    const { execFileSync, fork } = require("node:child_process");
    const { Worker } = require("node:worker_threads");
    const credentials = [process.env.TWILIO_ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN];
    process.stdout.write(execFileSync(process.execPath, ["with-sdk.js", ...credentials], { env: {} }));
    fork("with-sdk.js", credentials, { env: {}, execArgv: [] }).once("exit", () => {
      new Worker("./with-sdk.js", { argv: credentials, env: {}, execArgv: [] });
    });`,
  "in-plain-http.js": `fetch("http://api.twilio.com/").catch(({ cause }) => console.log(cause.message));`,
  "with-webhook.js": `
    const client = require("twilio")(process.env.TWILIO_ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN);
    const server = require("http").createServer((request, response) => {
      console.log("called, signed:", "x-twilio-signature" in request.headers);
      response.writeHead(204, { connection: "close" }).end();
      server.close();
    });
    server.listen(0, async () => {
      const { sid } = await client.conversations.v1.conversations.create();
      const hook = { target: "webhook", "configuration.url": "http://localhost:" + server.address().port, "configuration.filters": ["onMessageAdded"] };
      await client.conversations.v1.conversations(sid).webhooks.create(hook);
      await client.conversations.v1.conversations(sid).messages.create({ body: "hello", xTwilioWebhookEnabled: "true" });
    });`,
  "wrong.js": `fetch("${CREATE}?Nonsense=1", { headers: { authorization: "Basic " + ${ACCOUNT} } }).then((r) => r.text());`,
  "refused.js": `fetch("${CREATE}", { headers: { authorization: "Basic bm9ib2R5Om5vdGhpbmc=" } }).then((r) => r.text());`,
  "waits.js": `process.on("SIGTERM", () => process.exit(5)); console.log("waiting"); setInterval(() => {}, 1000);`,
  "package.json": '{"name":"their-functions","private":true,"dependencies":{"twilio":"6.2.0"}}',
  ".env": `ACCOUNT_SID=${account.sid}\nAUTH_TOKEN=${account.authToken}\n`,
  "functions/greet.js": `
    exports.handler = async (context, event, callback) => {
      const { sid } = await context.getTwilioClient().conversations.v1.conversations.create({ friendlyName: "greeted " + event.who });
      callback(null, { sid });
    };`,
});
const inProject = (...command: string[]) => simulate(["--", ...command], { cwd: project.root }).ended;

afterAll(() => {
  endAll();
  project.delete();
});

describe("simulate -- <command>", () => {
  it.each([
    ["https", ["node", "with-https.js"], '"friendly_name":"with-https"', 1],
    ["fetch", ["node", "with-fetch.js"], '"friendly_name":"with-fetch"', 1],
    ["its own undici and dispatcher", ["node", "with-own-undici.mjs"], "fetch", 2],
    ["the SDK", ["node", "with-sdk.js"], "with-sdk", 1],
    ["an API key", ["node", "with-api-key.js"], "with-key", 1],
    ["children that are given an empty environment", ["node", "with-children.js"], "with-sdk\nwith-sdk\nwith-sdk", 3],
    ["the SDK, started by a shell", ["sh", "-c", "node with-sdk.js"], "with-sdk", 1],
  ])("brings a program with %s to the simulator", async (_, command, words, calls) => {
    const { code, out, err } = await inProject(...command);
    expect(out).toContain(words);
    expect(code).toBe(0);
    expect(err).toContain(`simulate: ${calls} REST call${calls === 1 ? "" : "s"}, 0 webhooks, 0 contract violations`);
  });

  it("serves a Function that twilio-run starts, though that gives each call a process and an environment of its own", async () => {
    const port = await freePort();
    const twilioRun = resolve("node_modules/twilio-run/bin/twilio-run.js");
    const start = ["node", twilioRun, "start", "--port", String(port), "--no-logs"];
    const running = simulate(["--", ...start], { cwd: project.root });
    const url = await running.shows(/simulated at (\S+)/);
    await running.answers(`http://localhost:${port}/`);
    const response = await fetch(`http://localhost:${port}/greet?who=Ada`);
    expect(await response.json()).toEqual({ sid: expect.stringMatching(/^CH/) });
    const state = (await (await fetch(`${url}/simulator/state`)).json()) as WorldState;
    expect(state.conversations.map(({ friendlyName }) => friendlyName)).toEqual(["greeted Ada"]);
    running.child.kill("SIGTERM");
    const { err } = await running.ended;
    expect(err).toContain("simulate: 1 REST call,");
  }, 30_000);

  it("sends the webhooks that a program asks for to a port of this machine", async () => {
    const { out, err } = await inProject("node", "with-webhook.js");
    expect(out).toBe("called, signed: true\n");
    expect(err).toContain("3 REST calls, 1 webhook, 0 contract violations");
  });

  it("stops what would reach Twilio itself another way than by HTTPS", async () => {
    const { out } = await inProject("node", "in-plain-http.js");
    expect(out).toContain("A connection to api.twilio.com was stopped");
  });

  it("lists what left Twilio's contract, and says when credentials were others", async () => {
    expect((await inProject("node", "wrong.js")).err).toMatch(
      /1 REST call, 0 webhooks, 1 contract violation\n {2}request of ListConversation: .*Nonsense/,
    );
    expect((await inProject("node", "refused.js")).err).toContain(
      "1 call refused (401): use the credentials in TWILIO_",
    );
  });

  it("keeps the environment it is given, adds to its NODE_OPTIONS, and stays off stdout", async () => {
    const env = { PATH: process.env.PATH, HOME: "/home/somebody", NODE_OPTIONS: "--no-warnings" };
    const { out } = await simulate(["--", "env"], { env }).ended;
    const said = Object.fromEntries(
      out
        .trimEnd()
        .split("\n")
        .map((line) => [line.split("=")[0], line.slice(line.indexOf("=") + 1)]),
    );
    expect(said).toMatchObject({
      HOME: "/home/somebody",
      NODE_OPTIONS: `--no-warnings --require="${resolve("dist/tools/redirect.js")}"`,
      TWILIO_ACCOUNT_SID: said.ACCOUNT_SID,
      TWILIO_AUTH_TOKEN: said.AUTH_TOKEN,
      TWILIO_API_KEY: expect.stringMatching(/^SK[0-9a-f]{32}$/),
      TWILIO_API_SECRET: expect.stringMatching(/^\S+$/),
      SIMULATOR_URL: `http://localhost:${said.TWILIO_SIMULATOR_PORT}`,
    });
  });

  it("works from a folder whose name holds a space", async () => {
    const home = join(project.root, "their tools");
    mkdirSync(home);
    cpSync("dist/tools", join(home, "dist/tools"), { recursive: true });
    symlinkSync(resolve("node_modules"), join(home, "node_modules"));
    const cli = join(home, "dist/tools/cli.js");
    const { code, out } = await simulate(["--", "node", "with-children.js"], { cli, cwd: project.root }).ended;
    expect({ code, out }).toEqual({ code: 0, out: "with-sdk\n".repeat(3) });
  });

  it.each([
    [["sh", "-c", "exit 7"], 7],
    [["sh", "-c", "kill -TERM $$"], 143],
    [["true"], 0],
  ])("ends as the command does: %j with %i", async (command, code) => {
    expect((await inProject(...command)).code).toBe(code);
  });

  it.each([
    ["no-such-program", 127, 'There is no program "no-such-program": check its name and PATH.'],
    ["./package.json", 126, '"./package.json" cannot be run: it is not a program you may execute.'],
  ])("says why %s cannot be started", async (file, code, words) => {
    const ended = await inProject(file);
    expect(ended.code).toBe(code);
    expect(ended.err).toContain(words);
  });

  it("passes signals on", async () => {
    const running = simulate(["--", "node", "waits.js"], { cwd: project.root });
    await running.shows(/waiting/);
    running.child.kill("SIGTERM");
    expect((await running.ended).code).toBe(5);
  });
});

describe("simulate", () => {
  it("prints what a program needs, and that works as printed", async () => {
    const running = simulate([], { cwd: project.root });
    await running.shows(/What happens:/);
    const lines = [...running.out().matchAll(/^ {2}(export .*)$/gm)].map(([, line]) => line);
    expect(lines).toHaveLength(2);
    const shell = simulate(["--", "sh", "-c", `${lines.join("\n")}\nnode with-sdk.js`], { cwd: project.root });
    expect((await shell.ended).out).toBe("with-sdk\n");
    await running.shows(/rest .*POST CreateConversation .*201/);
    running.child.kill("SIGINT");
    expect((await running.ended).code).toBe(0);
  });

  it("is an account to deploy to, with an agent's seat and no service, as JSON lines when asked", async () => {
    const running = simulate(["--json", "--seed", "mine"], { cwd: project.root });
    const { url, env } = JSON.parse(await running.shows(/^(\{"url.*\})$/m)) as { url: string; env: NodeJS.ProcessEnv };
    const state = (await (await fetch(`${url}/simulator/state`)).json()) as WorldState;
    expect(state.workers.length).toBeGreaterThan(0);
    expect([state.flows, state.addresses]).toEqual([[], []]);
    const list = `require("twilio")(process.env.TWILIO_ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN).serverless.v1.services.list().then((all) => console.log(all.length))`;
    const { out } = await simulate(
      ["--", "env", ...Object.entries(env).map((pair) => pair.join("=")), "node", "-e", list],
      { cwd: project.root },
    ).ended;
    expect(out).toBe("0\n");
    await running.shows(/"name":"GET ListService"/);
    running.child.kill("SIGTERM");
    expect((await running.ended).code).toBe(0);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === "object" && address ? address.port : 0;
}
