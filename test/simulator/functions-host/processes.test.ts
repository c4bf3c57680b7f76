import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { bundleTool, type Hosting, hostFunctions } from "./hosting";

const files = {
  "crashes.js": "exports.handler = () => setTimeout(() => { throw new Error('uncaught'); }, 10);",
  "rejects.js": "exports.handler = async () => { throw new Error('rejected'); };",
  "throws.js": "exports.handler = () => { throw new Error('thrown'); };",
  "pid.js": "exports.handler = (context, event, callback) => callback(null, String(process.pid));",
};

let hosting: Hosting;
beforeEach(async () => {
  hosting = await hostFunctions(files);
});
afterEach(() => hosting.stop());

it.each(["/crashes", "/rejects"])(
  "answers 500 for %s, which ends its process, and goes on with a new one",
  async (path) => {
    const before = await hosting.host.pids();
    const reply = await hosting.call(path);
    expect(reply.status).toBe(500);
    expect(JSON.parse(reply.text)).toMatchObject({ code: 82002 });
    const after = await hosting.call("/pid");
    expect(after.status).toBe(200);
    expect(before).not.toContain(Number(after.text));
    expect(await hosting.host.pids()).toEqual([Number(after.text)]);
  },
);

it("keeps the process of a Function that fails in its turn", async () => {
  const before = await hosting.host.pids();
  expect((await hosting.call("/throws")).status).toBe(500);
  expect(await hosting.host.pids()).toEqual(before);
});

it("leaves no process behind when it is stopped", async () => {
  const pids = await hosting.host.pids();
  expect(pids.map(isAlive)).toEqual([true]);
  await hosting.host.stop();
  expect(pids.map(isAlive)).toEqual([false]);
});

it("leaves no process behind when the simulator itself is killed", async () => {
  const poolFile = await bundleTool("src/simulator/functions-host/pool.ts");
  const workerFile = await bundleTool("src/simulator/functions-host/worker.ts");
  const parent = spawn(process.execPath, ["-e", `(${startInParent})(...process.argv.slice(1))`, poolFile, workerFile]);
  const pids = JSON.parse(await firstOutput(parent));
  expect(pids.map(isAlive)).toEqual([true, true]);
  parent.kill("SIGKILL");
  await once(parent, "exit");
  while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 10));
  rmSync(poolFile);
  rmSync(workerFile);
});

/** Runs in another process, so it may use nothing of this file. */
const startInParent = `async (poolFile, workerFile) => {
  const env = { ACCOUNT_SID: "AC00000000000000000000000000000001", AUTH_TOKEN: "x" };
  const config = { functions: [], env, url: "https://x.twil.io", port: 1, baseDir: process.cwd() };
  const pool = await require(poolFile).startPool({ workerFile, processes: 2, config, stuckAfterMs: 1000 });
  console.log(JSON.stringify(await pool.pids()));
}`;

async function firstOutput(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("The child's output is not piped");
  const [chunk] = await once(child.stdout, "data");
  return String(chunk);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
