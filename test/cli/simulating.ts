import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

export const CLI = resolve("dist/tools/cli.js");

export interface Simulating {
  child: ChildProcess;
  out(): string;
  err(): string;
  /** Resolves with what the words' line says, once the program has printed them. */
  shows(words: RegExp): Promise<string>;
  /** Resolves when what it runs answers there. */
  answers(url: string): Promise<void>;
  ended: Promise<{ code: number | null; out: string; err: string }>;
}

const started: ChildProcess[] = [];

/** Ends what a failed test has left running. */
export function endAll(): void {
  for (const child of started) child.kill("SIGTERM");
}

/** `simulate` with these arguments, as somebody runs it in a folder of their own. */
export function simulate(args: string[], options: SpawnOptions & { cli?: string } = {}): Simulating {
  const { cli = CLI, ...more } = options;
  const child = spawn(process.execPath, [cli, "simulate", ...args], {
    env: { PATH: process.env.PATH },
    stdio: ["ignore", "pipe", "pipe"],
    ...more,
  });
  started.push(child);
  let out = "";
  let err = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  return {
    child,
    out: () => out,
    err: () => err,
    async shows(words) {
      for (;;) {
        const found = words.exec(out + err);
        if (found) return found[1] ?? found[0];
        if (child.exitCode !== null) throw new Error(`It ended without showing ${words}:\n${out}${err}`);
        await new Promise((wait) => setTimeout(wait, 20));
      }
    },
    async answers(url) {
      while (child.exitCode === null && !(await fetch(url).catch(() => undefined))) {
        await new Promise((wait) => setTimeout(wait, 50));
      }
    },
    ended: once(child, "close").then(([code]) => ({ code: code as number | null, out, err })),
  };
}

/** Somebody's own project, with Twilio's SDK installed. */
export function someProject(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), "their project-"));
  symlinkSync(resolve("node_modules"), join(root, "node_modules"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return { root, delete: () => rmSync(root, { recursive: true }) };
}
