import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../clock";
import type { EventLog } from "../event-log";
import { INVOCATION_HEADER } from "../redirect/invocation";
import type { Account } from "../seeds";
import type { Work } from "../work";
import { type AdmittedCall, admit, type Form } from "./admit";
import type { Answer } from "./call-worker";
import { callWithMishaps, ended, type Mishaps, RESET } from "./faulty-call";
import { LIMITS, type Limits } from "./limits";
import { CLOCK_HEADER, clockReading, type Printed, WORLD_HEADER } from "./messages";
import { type Pool, type PoolOptions, startPool } from "./pool";
import { readAsset } from "./read-asset";
import { Refusal } from "./refusal";
import type { Access, Resource } from "./resources";
import type { Output, WorkerProcess } from "./worker-process";

export interface FunctionsHostOptions {
  /** The deployment's Functions and Assets. */
  resources: readonly Resource[];
  /** Its domain: what callers sign for. */
  domain: string;
  /** The built worker: `dist/tools/function-worker.js`. */
  workerFile: string;
  /** What Functions find in their context: the deployment's variables, and those that Twilio gives to all. */
  env: Record<string, string>;
  processes: number;
  account: Account;
  clock: Clock;
  log: EventLog;
  work: Work;
  /** The SID of a call. */
  newInvocation(): string;
  /** How many worlds there have been: each snapshot that is restored makes another. */
  world(): number;
  /** Whether random numbers follow from the call that draws them, and no call leaves anything to the next. */
  isDeterministic?: boolean;
  /** Where the simulator listens as Twilio, Telegram and Viber. */
  simulatorPort: number;
  /** Where `node_modules/twilio` lies: the working directory unless told otherwise. */
  baseDir?: string;
  limits?: Partial<Limits>;
  output?: Output;
  /** What a Function wrote to its console, with the path of that Function. */
  printed?(path: string, line: Printed): void;
  mishaps?: Mishaps;
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
  const { account, clock, domain, log, work } = options;
  const limits = { ...LIMITS, ...options.limits };
  const resources = new Map(options.resources.map((resource) => [resource.path, resource]));
  const functions = options.resources.filter(({ kind }) => kind === "function");
  /** The path each call under way asked for, by its invocation. */
  const calls = new Map<string, string>();
  const printed = (line: Printed) => {
    const path = calls.get(line.invocation);
    if (path) options.printed?.(path, line);
  };
  const pool = await startPool(poolOptions(options, limits, printed));

  async function respondTo(request: IncomingMessage, resource: Resource | undefined, invocation: string) {
    try {
      const call = await admit(request, resource, {
        domain,
        authToken: account.authToken,
        bodyBytes: limits.bodyBytes,
      });
      if (call.method === "OPTIONS") return { answer: preflight() };
      if (call.resource.kind === "asset") return { answer: await readAsset(call.resource.file) };
      if (calls.size >= limits.concurrent) throw new Refusal(429, `More than ${limits.concurrent} executions at once`);
      return { answer: await execute(call, invocation), form: call.form };
    } catch (failure) {
      if (failure instanceof Refusal) return { answer: failure.answer() };
      throw failure;
    }
  }

  /** Keeps the world busy until the Function ends, which may be after its caller was told that it took too long. */
  function execute(call: AdmittedCall, invocation: string): Promise<Answer> {
    calls.set(invocation, call.resource.path);
    const world = [WORLD_HEADER, String(options.world())];
    const context = [INVOCATION_HEADER, invocation, CLOCK_HEADER, clockReading(clock), ...world];
    const passedOn = { ...call, headers: [...withoutInternal(call.headers), ...context] };
    const about = { invocation, ...conversationOf(call.form) };
    const ending = callWithMishaps(options.mishaps, call.resource.path, about, (onWorker) =>
      callFunction(pool, passedOn, onWorker),
    );
    work.track(ending).finally(() => {
      calls.delete(invocation);
    });
    return within(limits.answerMs, ending);
  }

  return {
    async handle(request, response) {
      const startedAt = performance.now();
      const path = request.url?.split("?")[0] ?? "/";
      const resource = resources.get(path);
      const invocation = options.newInvocation();
      const outcome: Outcome = await respondTo(request, resource, invocation);
      if (resource?.kind !== "asset") {
        await whatWasPrinted();
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

function poolOptions(options: FunctionsHostOptions, limits: Limits, printed: Output["printed"]): PoolOptions {
  const { domain, env, workerFile, processes, simulatorPort, output } = options;
  return {
    workerFile,
    processes,
    stuckAfterMs: limits.stuckMs,
    config: {
      functions: options.resources.filter(({ kind }) => kind === "function"),
      env,
      url: `https://${domain}`,
      port: simulatorPort,
      baseDir: options.baseDir ?? process.cwd(),
      deterministic: options.isDeterministic,
    },
    output: { stdout: process.stdout, stderr: process.stderr, ...output, printed },
  };
}

/** What a Function printed before its answer lies in the pipe by now, and is read in this turn or the next. */
async function whatWasPrinted(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function callFunction(
  pool: Pool,
  call: AdmittedCall,
  onWorker: (worker: WorkerProcess) => void,
): Promise<Answer> {
  try {
    return await pool.call(call, onWorker);
  } catch {
    return ended();
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
  return headers.filter((_, i) => !/^i-twilio-(invocation|clock|world)$/i.test(headers[i - (i % 2)] ?? ""));
}

function conversationOf(form: Form = {}): { conversationSid?: string } {
  const sid = form.ConversationSid ?? form.conversationSid;
  return typeof sid === "string" ? { conversationSid: sid } : {};
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.destroyed) return;
  if (status === RESET.status) return void response.destroy();
  response.writeHead(status, status === 204 ? headers : { ...headers, "content-length": body.length });
  response.end(body);
}
