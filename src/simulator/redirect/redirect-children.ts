import childProcess, { ChildProcess } from "node:child_process";
import worker, { SHARE_ENV, type WorkerOptions } from "node:worker_threads";
import { patch } from "./patch";
import { redirectedEnvironment } from "./preload";

/** What every asynchronous start of a process comes through. Node documents the class and not the method. */
interface ChildInternals {
  spawn(options: { envPairs?: string[] }): unknown;
}

/**
 * Has the processes and threads that this one starts redirected too, whatever environment they are given: `twilio-run`
 * for one starts a process per request with nothing but the variables of `.env`.
 */
export function redirectChildren(preload: string, port: number): void {
  // A simulator that somebody further down has started is the one they mean.
  const redirected = (env: NodeJS.ProcessEnv) =>
    redirectedEnvironment(env, preload, Number(env.TWILIO_SIMULATOR_PORT ?? port));
  const prototype = ChildProcess.prototype as ChildProcess & ChildInternals;
  const { spawn } = prototype;
  patch(prototype, "spawn", function (this: ChildProcess, options) {
    const env = redirected(fromPairs(options.envPairs ?? []));
    options.envPairs = Object.entries(env).map((pair) => pair.join("="));
    return spawn.call(this, options);
  });
  for (const name of ["spawnSync", "execSync", "execFileSync"] as const) {
    const start = childProcess[name];
    const startRedirected = (...args: unknown[]) =>
      Reflect.apply(start, childProcess, withEnvironment(args, redirected));
    patch(childProcess, name, startRedirected);
  }
  const { Worker } = worker;
  class RedirectedWorker extends Worker {
    constructor(file: string | URL, options: WorkerOptions = {}) {
      const { env = process.env, execArgv } = options;
      super(file, {
        ...options,
        env: env === SHARE_ENV ? env : redirected(env as NodeJS.ProcessEnv),
        ...(execArgv ? { execArgv: [...execArgv, `--require=${preload}`] } : {}),
      });
    }
  }
  patch(worker, "Worker", RedirectedWorker);
}

function fromPairs(pairs: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=", 1)), pair.slice(pair.indexOf("=", 1) + 1)]),
  );
}

/** The options are the object among the arguments, and may be left out. */
function withEnvironment(args: unknown[], redirected: (env: NodeJS.ProcessEnv) => NodeJS.ProcessEnv): unknown[] {
  const given = args.filter((arg) => arg !== undefined && arg !== null);
  const isOptions = (arg: unknown): arg is { env?: NodeJS.ProcessEnv } =>
    typeof arg === "object" && !Array.isArray(arg);
  const options = given.find(isOptions);
  return [...given.filter((arg) => arg !== options), { ...options, env: redirected(options?.env ?? process.env) }];
}
