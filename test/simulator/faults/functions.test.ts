import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { redirectTwilioHosts } from "../../../src/simulator/redirect/redirect-twilio";
import { type Simulator, startSimulator } from "../../../src/simulator/simulator";
import { bundleTool } from "../functions-host/hosting";

const CREATES = `
exports.handler = async (context, event, callback) => {
  const { conversations } = context.getTwilioClient().conversations.v1;
  for (const uniqueName of event.names.split(",")) await conversations.create({ uniqueName });
  callback(null, "done");
};`;
const CREATES_AT_ONCE = `
exports.handler = async (context, event, callback) => {
  const { conversations } = context.getTwilioClient().conversations.v1;
  await conversations.create({ uniqueName: "first" });
  await Promise.all(event.names.split(",").map((uniqueName) => conversations.create({ uniqueName })));
  callback(null, "done");
};`;

let simulator: Simulator;
let folder: string;
let workerFile: string;
let undo: () => void;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "faulty-functions-"));
  mkdirSync(join(folder, "functions"));
  writeFileSync(join(folder, "functions", "creates.js"), CREATES);
  writeFileSync(join(folder, "functions", "creates-at-once.js"), CREATES_AT_ONCE);
  workerFile = await bundleTool("src/simulator/functions-host/worker.ts");
  const seeded = {
    directory: join(folder, "functions"),
    env: () => ({}),
  };
  simulator = await startSimulator({ functions: { workerFile, processes: 2, seeded } });
  undo = redirectTwilioHosts(simulator.port);
});
afterAll(async () => {
  undo();
  await simulator.stop();
  rmSync(folder, { recursive: true });
  rmSync(workerFile);
});
beforeEach(() => simulator.reset());

const add = (...[order]: Parameters<ReturnType<Simulator["world"]>["faults"]["add"]>) =>
  simulator.world().faults.add(order);
const names = () => simulator.state().conversations.map(({ uniqueName }) => uniqueName);

async function call(path: string, uniqueNames: string) {
  const response = await fetch(`http://127.0.0.1:${simulator.port}${path}?names=${uniqueNames}`);
  const text = await response.text();
  await simulator.settled();
  return { status: response.status, text };
}

describe("a Function that is struck", () => {
  it("as refused at the gateway does not run", async () => {
    add({ operation: "function /creates", status: 503 });
    expect((await call("/creates", "one")).status).toBe(503);
    expect(names()).toEqual([]);
    expect((await call("/creates", "one")).status).toBe(200);
  });

  it("by a crash before it ran has done nothing", async () => {
    add({ operation: "function /creates", kind: "crash before" });
    expect((await call("/creates", "one")).status).toBe(500);
    expect(names()).toEqual([]);
  });

  it("by a crash after it ran has done everything, and its caller hears of a failure", async () => {
    add({ operation: "function /creates", kind: "crash after" });
    expect((await call("/creates", "one,two")).status).toBe(500);
    expect(names()).toEqual(["one", "two"]);
  });

  it.each(["reset before", "reset after"] as const)("by a %s leaves its caller without an answer", async (kind) => {
    add({ operation: "function /creates", kind });
    await expect(call("/creates", "one")).rejects.toThrow("fetch failed");
    expect(names()).toEqual(kind === "reset after" ? ["one"] : []);
  });

  it("as malformed answers what nobody can read", async () => {
    add({ operation: "function /creates", kind: "malformed" });
    const { status, text } = await call("/creates", "one");
    expect(status).toBe(200);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });
});

describe("a REST call at which the process of its Function dies", () => {
  it("before the deed: what came earlier is done, it and the rest are not", async () => {
    add({ operation: "CreateConversation", kind: "crash before", after: 1 });
    expect((await call("/creates", "one,two,three")).status).toBe(500);
    expect(names()).toEqual(["one"]);
  });

  it("after the deed: it is done, the rest is not", async () => {
    add({ operation: "CreateConversation", kind: "crash after", after: 1 });
    expect((await call("/creates", "one,two,three")).status).toBe(500);
    expect(names()).toEqual(["one", "two"]);
  });

  it("is found by its place among all calls of Functions", async () => {
    add({ operation: "*", kind: "crash after", after: 2 });
    await call("/creates", "one,two,three,four");
    expect(names()).toEqual(["one", "two", "three"]);
  });

  it("takes that process, and another serves the next call", async () => {
    add({ operation: "*", kind: "crash before" });
    await call("/creates", "one");
    const next = [await call("/creates", "two"), await call("/creates", "three")];
    expect(next.map(({ status }) => status)).toEqual([200, 200]);
    expect(names()).toEqual(["two", "three"]);
  });

  it("is told once, under the call of the Function it ended", async () => {
    add({ operation: "*", kind: "crash before" });
    await call("/creates", "one");
    const { entries } = simulator.log;
    const ran = entries.find(({ kind }) => kind === "function");
    expect(entries.filter(({ kind }) => kind === "fault")).toEqual([
      expect.objectContaining({ name: "crash before: CreateConversation", invocation: ran?.invocation }),
    ]);
  });
});

describe("the calls a Function made", () => {
  const counts = () => simulator.state().calls;

  it("are counted by path, each run by itself", async () => {
    await call("/creates", "one,two");
    await call("/creates", "three");
    expect(counts()).toEqual({ "/creates": { count: 2, most: 2, mostSequential: 2, mostOfPlatforms: 0 } });
  });

  it("at the same time count once in the chain a caller waits for", async () => {
    await call("/creates-at-once", "one,two,three");
    expect(counts()).toEqual({ "/creates-at-once": { count: 1, most: 4, mostSequential: 2, mostOfPlatforms: 0 } });
  });
});
