import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { WorldState } from "../../src/simulator/levers/world-state";

/** `npm start` after its build, as a newcomer runs it: no credentials, no environment file. */
function start(...args: string[]) {
  const child: ChildProcess = spawn(process.execPath, ["dist/tools/cli.js", "start", ...args], {
    env: { PATH: process.env.PATH },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  return {
    child,
    printed: () => printed,
    async shows(words: string) {
      while (!printed.includes(words)) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    async end() {
      child.kill("SIGINT");
      const [code] = await once(child, "exit");
      return code as number | null;
    },
  };
}

/** Does what a printed curl line says: `curl [-X POST] URL [-d NAME=VALUE]`. */
async function curl(line: string): Promise<unknown> {
  const [, , url = "", name, value = ""] = /^curl (-X POST )?(\S+)(?: -d (\w+)=(.*))?$/.exec(line) ?? [];
  const body = name ? new URLSearchParams({ [name]: value.replace(/^"|"$/g, "") }) : undefined;
  const method = line.includes("-X POST") || body ? "POST" : "GET";
  const response = await fetch(url, { method, ...(body ? { body } : {}) });
  expect(response.status).toBe(200);
  return response.json();
}

describe("npm start", () => {
  it("opens, prints lines that work as printed, shows what they did, and ends on Ctrl-C", async () => {
    const program = start();
    await program.shows("What happens:");
    const lines = [...program.printed().matchAll(/^ {2}(curl .*)$/gm)].map(([, line]) => String(line));
    expect(lines).toHaveLength(7);
    let last: unknown;
    for (const line of lines) last = await curl(line);
    const world = last as WorldState;
    expect(world.tasks).toEqual([expect.objectContaining({ status: "completed" })]);
    expect(world.conversations).toEqual([expect.objectContaining({ state: "closed" })]);
    expect(world.phones.at(-1)?.body).toBe("Hi, how can I help?");
    await program.shows("task         completed");
    expect(program.printed()).not.toMatch(/contract {5}|warning {6}/);
    expect(await program.end()).toBe(0);
    await expect(fetch(lines[6]?.split(" ")[1] ?? "")).rejects.toThrow();
  });

  it("prints each channel's address, and a line of its customers that can be tried", async () => {
    const program = start();
    await program.shows("What happens:");
    const [, url = ""] = /(http:\/\/localhost:\d+)/.exec(program.printed()) ?? [];
    for (const flow of ["sms", "whatsapp", "messenger"]) {
      const [, address = "", lever = ""] =
        new RegExp(`(\\S+), answered by studio-flows/${flow}.json; try (\\S+)`).exec(program.printed()) ?? [];
      await curl(`curl ${url}/simulator/${lever} -d body=hello`);
      const heard = (await curl(`curl ${url}/simulator/${lever}`)) as WorldState["phones"];
      expect(heard[0]).toMatchObject({ direction: "out", sender: address });
      expect(heard.at(-1)).toMatchObject({ direction: "in", sender: address, body: expect.stringMatching(/sales/i) });
    }
    expect(await program.end()).toBe(0);
  });

  it("says in one line that a port is in use, and what to do", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const program = start("--port", String(port));
    const [code] = await once(program.child, "exit");
    taken.close();
    expect(code).toBe(2);
    expect(program.printed().trim()).toBe(
      `Port ${port} is in use. Choose another with --port, or none for any free one.`,
    );
  });

  it("prints its timeline as JSON lines when asked", async () => {
    const program = start("--json");
    await program.shows('"url":');
    const { url } = JSON.parse(program.printed().split("\n")[0] ?? "{}");
    await curl(`curl ${url}/simulator/customers/+15550101234/messages -d body=hello`);
    await program.shows('"kind":"customer"');
    expect(await program.end()).toBe(0);
  });
});
