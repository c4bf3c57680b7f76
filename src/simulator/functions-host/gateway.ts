import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../clock";
import type { EventLog } from "../event-log";
import { INVOCATION_HEADER } from "../redirect/invocation";
import type { Account } from "../seeds";
import { sidGenerator } from "../sids";
import type { Work } from "../work";
import { type AdmittedCall, admit, type Form } from "./admit";
import type { Answer } from "./call-worker";
import { LIMITS, type Limits } from "./limits";
import { OFFSET_HEADER } from "./messages";
import { type Pool, type PoolOptions, startPool } from "./pool";
import { readAsset } from "./read-asset";
import { Refusal } from "./refusal";
import { type Access, type Resource, scanAssets, scanFunctions } from "./resources";
import type { Output } from "./worker-process";

export interface FunctionsHostOptions {
  /** The built Functions: `dist/functions`. */
  directory: string;
  assetsDirectory?: string;
  /** The built worker: `dist/tools/function-worker.js`. */
  workerFile: string;
  /** The deployment's variables, added to those that Twilio gives to every Function. */
  env: Record<string, string>;
  processes: number;
  account: Account;
  clock: Clock;
  log: EventLog;
  work: Work;
  /** Where the simulator listens as Twilio, Telegram and Viber. */
  simulatorPort: number;
  /** Where `node_modules/twilio` lies: the working directory unless told otherwise. */
  baseDir?: string;
  limits?: Partial<Limits>;
  output?: Output;
}

export interface FunctionsHost {
  /** Answers one request to the deployment's domain. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  routes(): { path: string; access: Access }[];
  /** The processes that Functions run in. */
  pids(): Promise<number[]>;
  stop(): Promise<void>;
}

interface Outcome {
  answer: Answer;
  form?: Form;
}

/** Serves a deployment the way Twilio does: its gateway's rules in front, and processes that share nothing behind. */
export async function startFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const { account, clock, log, work } = options;
  const limits = { ...LIMITS, ...options.limits };
  const functions = scanFunctions(options.directory);
  const assets = options.assetsDirectory ? scanAssets(options.assetsDirectory) : [];
  const resources = new Map([...assets, ...functions].map((resource) => [resource.path, resource]));
  const newSid = sidGenerator("functions-host");
  const pool = await startPool(poolOptions(options, limits));
  let running = 0;

  async function respondTo(request: IncomingMessage, resource: Resource | undefined, invocation: string) {
    try {
      const call = await admit(request, resource, { account, bodyBytes: limits.bodyBytes });
      if (call.method === "OPTIONS") return { answer: preflight() };
      if (call.resource.kind === "asset") return { answer: await readAsset(call.resource.file) };
      if (running >= limits.concurrent) throw new Refusal(429, `More than ${limits.concurrent} executions at once`);
      return { answer: await execute(call, invocation), form: call.form };
    } catch (failure) {
      if (failure instanceof Refusal) return { answer: failure.answer() };
      throw failure;
    }
  }

  /** Keeps the world busy until the Function ends, which may be after its caller was told that it took too long. */
  function execute(call: AdmittedCall, invocation: string): Promise<Answer> {
    running += 1;
    const context = [INVOCATION_HEADER, invocation, OFFSET_HEADER, String(clock.offset())];
    const ending = callFunction(pool, { ...call, headers: [...withoutInternal(call.headers), ...context] });
    work.track(ending).finally(() => {
      running -= 1;
    });
    return within(limits.answerMs, ending);
  }

  return {
    async handle(request, response) {
      const startedAt = performance.now();
      const path = request.url?.split("?")[0] ?? "/";
      const resource = resources.get(path);
      const invocation = newSid("RQ");
      const outcome: Outcome = await respondTo(request, resource, invocation);
      if (resource?.kind !== "asset") {
        const { status } = outcome.answer;
        const ms = Math.round(performance.now() - startedAt);
        const about = conversationOf(outcome.form);
        log.add({ kind: "function", name: path, status, ms, invocation, ...about, data: { access: resource?.access } });
      }
      send(response, outcome.answer);
    },
    routes: () => functions.map(({ path, access }) => ({ path, access })),
    pids: pool.pids,
    stop: pool.stop,
  };
}

function poolOptions(options: FunctionsHostOptions, limits: Limits): PoolOptions {
  const { account, directory, workerFile, processes, simulatorPort, output } = options;
  // https://www.twilio.com/docs/serverless/functions-assets/functions/variables
  const given = { ACCOUNT_SID: account.sid, AUTH_TOKEN: account.authToken, SERVICE_SID: account.serverlessServiceSid };
  return {
    workerFile,
    processes,
    stuckAfterMs: limits.stuckMs,
    config: {
      directory,
      env: { ...given, ...options.env },
      url: `https://${account.functionsDomain}`,
      port: simulatorPort,
      baseDir: options.baseDir ?? process.cwd(),
    },
    ...(output ? { output } : {}),
  };
}

async function callFunction(pool: Pool, call: AdmittedCall): Promise<Answer> {
  try {
    return await pool.call(call);
  } catch {
    return new Refusal(500, "The Function ended without an answer").answer();
  }
}

function within(ms: number, ending: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(new Refusal(504, "runtime application timed out").answer()), ms);
    ending.then((answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}

/** Functions cannot answer this: https://www.twilio.com/docs/serverless/functions-assets/functions/headers-and-cookies/limitations */
function preflight(): Answer {
  const headers = {
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "*",
    "access-control-allow-methods": "GET, POST, OPTIONS",
  };
  return { status: 204, headers, body: Buffer.alloc(0) };
}

/** What a caller, or another Function, sends under these names must not pass for ours. */
function withoutInternal(headers: readonly string[]): string[] {
  return headers.filter((_, i) => !/^i-twilio-(invocation|clock-offset)$/i.test(headers[i - (i % 2)] ?? ""));
}

function conversationOf(form: Form = {}): { conversationSid?: string } {
  const sid = form.ConversationSid ?? form.conversationSid;
  return typeof sid === "string" ? { conversationSid: sid } : {};
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, status === 204 ? headers : { ...headers, "content-length": body.length });
  response.end(body);
}
