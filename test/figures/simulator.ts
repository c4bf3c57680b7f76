import { Agent, request } from "node:http";
import { cpus, totalmem } from "node:os";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Twilio } from "twilio";
import { openContactCentre } from "../../src/cli/offline/contact-centre";
import { redirectTwilioHosts } from "../../src/simulator/redirect/redirect-twilio";
import { type Simulator, startSimulator } from "../../src/simulator/simulator";

/*
 * What the simulator costs on this machine: `npm run figures`. Client and simulator share one process, and so one core.
 */
const REQUESTS = 1000;
const CONVERSATIONS = 2000;
const ROUTED = 100;
const HOST = "conversations.twilio.com";

async function main(): Promise<void> {
  const { model } = cpus()[0] ?? { model: "an unknown processor" };
  console.log(
    `Node ${process.version} on ${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GB; client and simulator in one process\n`,
  );
  const startedAt = performance.now();
  const simulator = await startSimulator({ switches: { rateLimits: false } });
  row("start", `${Math.round(performance.now() - startedAt)} ms`);
  const undo = redirectTwilioHosts(simulator.port);
  for (const parallel of [1, 16]) {
    await measureRequests(simulator, parallel);
    await measureSdk(simulator, parallel);
  }
  await measureMemory(simulator);
  undo();
  await simulator.stop();
  for (const abreast of [1, 10]) await measureRouting(abreast);
}

/** From a customer's first SMS by the Flow's menu to the Task: four Function calls and their Twilio calls each. */
async function measureRouting(abreast: number): Promise<void> {
  const centre = await openContactCentre({ whenOpen: true, switches: { rateLimits: false } });
  try {
    const { simulator } = centre;
    const write = async (customers: readonly string[], body: string) => {
      const { phones } = simulator.world();
      await Promise.all(customers.map((from) => phones.send({ from, to: "+15550100100", body })));
      await simulator.settled();
    };
    const startedAt = performance.now();
    for (let first = 0; first < ROUTED; first += abreast) {
      const customers = Array.from({ length: abreast }, (_, i) => `+1555011${1000 + first + i}`);
      await write(customers, "Hello");
      await write(customers, "1");
    }
    const { length } = simulator.state().tasks;
    if (length !== ROUTED) throw new Error(`${ROUTED} customers wrote, and ${length} Tasks were made`);
    const minutes = (performance.now() - startedAt) / 60_000;
    row(`SMS routed by Flow and Functions, ${abreast} abreast`, `${Math.round(ROUTED / minutes)} a minute`);
  } finally {
    await centre.stop();
  }
}

async function measureRequests(simulator: Simulator, parallel: number): Promise<void> {
  await simulator.reset();
  const agent = new Agent({ keepAlive: true, maxSockets: parallel });
  const post = poster(simulator, agent);
  await rate(`create Conversation, HTTP, ${parallel} at once`, parallel, () =>
    post("/v1/Conversations", "FriendlyName=a"),
  );
  const { sid } = simulator.world().conversations.create({});
  await rate(`create Message, HTTP, ${parallel} at once`, parallel, () =>
    post(`/v1/Conversations/${sid}/Messages`, "Body=a"),
  );
  agent.destroy();
}

async function measureSdk(simulator: Simulator, parallel: number): Promise<void> {
  await simulator.reset();
  const { conversations } = new Twilio(simulator.account.sid, simulator.account.authToken).conversations.v1;
  await rate(`create Conversation, SDK, ${parallel} at once`, parallel, () =>
    conversations.create({ friendlyName: "a" }),
  );
  const { messages } = conversations(simulator.world().conversations.create({}).sid);
  await rate(`create Message, SDK, ${parallel} at once`, parallel, () => messages.create({ body: "a" }));
}

/** A Conversation with two Participants and five Messages, as the world holds it: made without REST and its history. */
async function measureMemory(simulator: Simulator): Promise<void> {
  await simulator.reset();
  const { conversations } = simulator.world();
  const before = heapUsed();
  for (let made = 0; made < CONVERSATIONS; made++) {
    const { sid } = conversations.create({});
    const quiet = { source: "API", webhooks: false } as const;
    for (const identity of [`customer-${made}`, `agent-${made}`])
      conversations.addParticipant(sid, { identity, ...quiet });
    for (let index = 0; index < 5; index++) conversations.addMessage(sid, { body: `message ${index}`, ...quiet });
  }
  await simulator.settled();
  const withHistory = heapUsed();
  simulator.log.clear();
  const grown = (bytes: number) => `${((bytes - before) / CONVERSATIONS / 1024).toFixed(1)} KB`;
  row("a Conversation with 2 Participants, 5 Messages", grown(heapUsed()));
  row("the same, with its event log", grown(withHistory));
}

async function rate(what: string, parallel: number, act: () => Promise<unknown>): Promise<void> {
  let left = REQUESTS;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (left > 0) {
        left -= 1;
        await act();
      }
    }),
  );
  row(what, `${Math.round((REQUESTS / (performance.now() - startedAt)) * 1000)} a second`);
}

function poster({ port, account }: Simulator, agent: Agent) {
  const headers = { host: HOST, "content-type": "application/x-www-form-urlencoded" };
  const auth = `${account.sid}:${account.authToken}`;
  return (path: string, form: string) =>
    new Promise<void>((resolve, reject) => {
      const sent = request({ port, host: "127.0.0.1", method: "POST", path, headers, auth, agent }, (response) => {
        if (response.statusCode !== 201) reject(new Error(`${path} answered ${response.statusCode}`));
        response.resume().once("end", resolve);
      });
      sent.once("error", reject).end(form);
    });
}

function heapUsed(): number {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  return process.memoryUsage().heapUsed;
}

function row(what: string, figure: string): void {
  console.log(`${what.padEnd(48)} ${figure.padStart(16)}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
