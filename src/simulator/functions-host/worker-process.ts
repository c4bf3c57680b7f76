import { type ChildProcess, fork } from "node:child_process";
import type { Printed, WorkerConfig, WorkerReady } from "./messages";

/** A running worker, seen from the parent. */
export interface WorkerProcess {
  pid: number;
  /** Where it serves its Functions, on the loopback address. */
  port: number;
  /** Ends it at once; resolves when the process is gone. */
  kill(): Promise<void>;
  exited: Promise<void>;
}

/** Where the console output of Functions goes, as they wrote it. */
export interface Output {
  stdout: { write(chunk: Buffer): unknown };
  stderr: { write(chunk: Buffer): unknown };
  /** The same, by the line and by the call it was written in. */
  printed?(line: Printed): void;
}

/** Starts a worker and waits until it serves. */
export function startWorker(workerFile: string, config: WorkerConfig, output: Output): Promise<WorkerProcess> {
  const child = fork(workerFile, [], {
    env: cleanEnvironment(),
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  child.stdout?.on("data", (chunk: Buffer) => output.stdout.write(chunk));
  child.stderr?.on("data", (chunk: Buffer) => output.stderr.write(chunk));
  child.on("error", () => undefined);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  // A worker that dies at once takes no message; its exit is reported below.
  child.send(config, () => undefined);
  return new Promise((resolve, reject) => {
    exited.then(() => reject(new Error(`${workerFile} ended before it was ready; its output says why`)));
    child.once("message", (message) => {
      const { port } = message as WorkerReady;
      child.on("message", (line) => output.printed?.(line as Printed));
      resolve({ pid: child.pid ?? 0, port, exited, kill: () => kill(child, exited) });
    });
  });
}

function kill(child: ChildProcess, exited: Promise<void>): Promise<void> {
  child.kill("SIGKILL");
  return exited;
}

/** Nothing of the parent's own settings and secrets reaches a Function. Deployed ones run in UTC (unverified). */
function cleanEnvironment(): Record<string, string> {
  const { PATH, HOME, NODE_ENV } = process.env;
  return Object.fromEntries(Object.entries({ PATH, HOME, NODE_ENV, TZ: "UTC" }).filter(isSet));
}

function isSet(entry: [string, string | undefined]): entry is [string, string] {
  return entry[1] !== undefined;
}
