import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";
import { type Clock, createClock } from "../../../src/simulator/clock";
import { createEventLog, type EventLog } from "../../../src/simulator/event-log";
import { type FunctionsHost, startFunctionsHost } from "../../../src/simulator/functions-host/gateway";
import { givenVariables } from "../../../src/simulator/functions-host/given-variables";
import type { Limits } from "../../../src/simulator/functions-host/limits";
import { scanAssets, scanFunctions } from "../../../src/simulator/functions-host/resources";
import { account } from "../../../src/simulator/seeds";
import { sidGenerator } from "../../../src/simulator/sids";
import { createWork, type Work } from "../../../src/simulator/work";

export const domain = `https://${account.functionsDomain}`;

interface Setup {
  processes?: number;
  limits?: Partial<Limits>;
  assets?: Record<string, string>;
}

/** A request that reached the place of Twilio, Telegram and Viber. */
export interface PlatformRequest {
  host: string;
  url: string;
  headers: IncomingHttpHeaders;
}

export interface Hosting {
  host: FunctionsHost;
  clock: Clock;
  log: EventLog;
  work: Work;
  platform: PlatformRequest[];
  output: string[];
  call(path: string, init?: Call): Promise<Reply>;
  stop(): Promise<void>;
}

export interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Hosts Functions given as source text by file name, behind a server that is also Twilio to them. */
export async function hostFunctions(files: Record<string, string>, setup: Setup = {}): Promise<Hosting> {
  const folder = mkdtempSync(join(tmpdir(), "functions-host-"));
  const workerFile = await bundleTool("src/simulator/functions-host/worker.ts");
  const work = createWork((failure) => {
    throw failure;
  });
  const clock = createClock(work.settled);
  const log = createEventLog(clock.now);
  const newSid = sidGenerator("hosting");
  const platform: PlatformRequest[] = [];
  const output: string[] = [];
  let host: FunctionsHost | undefined;
  const server = createServer((incoming, response) => {
    const { host: name = "", ...headers } = incoming.headers;
    if (name === account.functionsDomain) return host?.handle(incoming, response);
    platform.push({ host: name, url: incoming.url ?? "", headers });
    incoming.resume();
    return response.setHeader("content-type", "application/json").end('{"sid":"CH1","ok":true}');
  });
  const port = await listen(server);
  const collect = { write: (chunk: Buffer) => output.push(chunk.toString()) };
  host = await startFunctionsHost({
    resources: [
      ...scanAssets(writeFiles(join(folder, "assets"), setup.assets ?? {})),
      ...scanFunctions(writeFiles(join(folder, "functions"), files)),
    ],
    domain: account.functionsDomain,
    workerFile,
    env: {
      ...givenVariables(account, { serviceSid: account.serverlessServiceSid, credentials: true }),
      GREETING: "hello",
    },
    processes: setup.processes ?? 1,
    limits: setup.limits ?? {},
    output: { stdout: collect, stderr: collect },
    simulatorPort: port,
    account,
    clock,
    log,
    work,
    newInvocation: () => newSid("RQ"),
    world: () => 1,
  });
  const started = host;
  return {
    host,
    clock,
    log,
    work,
    platform,
    output,
    call: (path, init) => send(port, path, init),
    async stop() {
      clock.clear();
      await started.stop();
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
      rmSync(workerFile);
    },
  };
}

/** Bundles into the repository's own `node_modules`, so that what the bundle requires is found from there. */
export async function bundleTool(source: string): Promise<string> {
  const name = `${source.replaceAll("/", "-")}-${process.pid}-${performance.now()}.js`;
  const outfile = resolve("node_modules/.cache/flex-conversations", name);
  await build({ entryPoints: [source], outfile, bundle: true, platform: "node", packages: "external" });
  return outfile;
}

export const FORM = "application/x-www-form-urlencoded";

/** A form post that Twilio signed for `signedPath` with `signedFields`: by default the ones it sends. */
export function signedPost(
  path: string,
  fields: Record<string, string>,
  signed: { path?: string; fields?: object } = {},
) {
  const url = domain + (signed.path ?? path);
  const signature = getExpectedTwilioSignature(account.authToken, url, { ...(signed.fields ?? fields) });
  const headers = { "content-type": FORM, "x-twilio-signature": signature };
  return { method: "POST", headers, body: new URLSearchParams(fields).toString() };
}

function send(port: number, path: string, { method = "GET", headers = {}, body }: Call = {}): Promise<Reply> {
  return new Promise((done, fail) => {
    const outgoing = request({
      host: "127.0.0.1",
      port,
      path,
      method,
      agent: false,
      headers: {
        ...headers,
        host: account.functionsDomain,
        ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
      },
    });
    outgoing.on("error", fail);
    outgoing.on("response", async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      done({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() });
    });
    outgoing.end(body);
  });
}

export function listen(server: Server): Promise<number> {
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done((server.address() as AddressInfo).port));
  });
}

function writeFiles(folder: string, files: Record<string, string>): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
