import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Clock, createClock } from "./clock";
import { loadContract } from "./contract/contract";
import { createEventLog, type EventLog, type LogEntry } from "./event-log";
import type { Mishaps } from "./functions-host/faulty-call";
import { type FunctionsHost, startFunctionsHost } from "./functions-host/gateway";
import { givenVariables } from "./functions-host/given-variables";
import type { Limits } from "./functions-host/limits";
import { scanAssets, scanFunctions } from "./functions-host/resources";
import type { Output } from "./functions-host/worker-process";
import { type AgentLevers, agentLevers } from "./levers/agents";
import { createLevers } from "./levers/lever-routes";
import { type WorldState, worldState } from "./levers/world-state";
import { readSeeds } from "./seeding/read-seeds";
import type { SeedsInput } from "./seeding/seeds-schema";
import { type Account, type AgentName, account as seededAccount } from "./seeds";
import { ApiError } from "./server/api-error";
import { apiHosts } from "./server/api-hosts";
import { type ApiServer, createApiServer, hostOf } from "./server/api-server";
import { sendJson } from "./server/http";
import { deployedHosts } from "./serverless/deployed-hosts";
import { seedService } from "./serverless/seed";
import { createServerless, type Serverless } from "./serverless/tables";
import { type Switches, switchboard } from "./switches";
import { webhookSender } from "./webhooks/send-webhook";
import { createWork } from "./work";
import { createWorld, type Surroundings, type World } from "./world";

export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Same seed, same SIDs. */
  seed?: string;
  /** Who and what is there. */
  seeds?: SeedsInput;
  switches?: Partial<Switches>;
  /** What runs Functions: those of a folder, and whatever is deployed. Nothing does without it. */
  functions?: FunctionsOptions;
}

export interface FunctionsOptions {
  /** The bundled worker program. */
  workerFile: string;
  processes?: number;
  /** What differs from Twilio's limits on Functions. */
  limits?: Partial<Limits>;
  /** Where the packages lie that a deployed Build may install: a `node_modules`. */
  modules?: string;
  /** Functions that the seeded service serves from the start. Without them the account has no service, to be deployed to. */
  seeded?: SeededFunctions;
}

export interface SeededFunctions {
  directory: string;
  assetsDirectory?: string;
  /** Variables of the Functions' context, told from the seeded account. */
  env(world: World): Record<string, string>;
}

/** A running simulator. The typed levers do what their HTTP twins under `/simulator` do. */
export interface Simulator {
  readonly port: number;
  readonly account: Account;
  /** The world as it is now; `reset` replaces it. */
  world(): World;
  readonly log: EventLog;
  readonly clock: Clock;
  /** Services, and what was deployed to them; a reset leaves them. */
  readonly serverless: Serverless;
  customerSends(from: string, body: string, to?: string): Promise<{ messageSid: string; conversationSid: string }>;
  agent(name: AgentName): AgentLevers;
  advance(seconds: number): Promise<void>;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
  state(): WorldState;
  /** What left Twilio's documented contract so far. */
  violations(): readonly LogEntry[];
  /** Runs `action` now, and again after each reset: what makes a fresh account ready for use. */
  prepare(action: () => Promise<void>): Promise<void>;
  /** A fresh account; time goes on from where it is. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const seeds = readSeeds(options.seeds ?? {});
  const account: Account = { ...seededAccount, senders: seeds.senders ?? seededAccount.senders };
  const work = createWork((failure) =>
    log.add({
      kind: "warning",
      name: `the simulator failed: ${String(failure)}`,
    }),
  );
  const clock = createClock(work.settled);
  const log = createEventLog(clock.now);
  const contract = loadContract();
  const server = createServer();
  const mishaps: Mishaps = { meet: (operation, about) => world.faults.meet(operation, about), workers: new Map() };
  const surroundings: Surroundings = {
    account,
    ...switchboard(options.switches),
    seed: options.seed ?? "flex-conversations",
    seeds,
    clock,
    log,
    work,
    sendWebhook: webhookSender({ account, log, work, port: () => port }),
    crash: async (invocation) => mishaps.workers.get(invocation)?.kill(),
  };

  const { functions } = options;
  const serverless = createServerless(account, clock, functions?.modules);
  if (!functions || functions.seeded) seedService(serverless);

  let world = createWorld(surroundings);
  const port = await listen(server, options.port ?? 0);
  let api = apiOf(world);
  function apiOf(of: World): ApiServer {
    return createApiServer(of, contract, apiHosts(of, serverless));
  }

  let prepared = async () => {};
  async function reset() {
    await work.settled();
    clock.clear();
    log.clear();
    world = createWorld(surroundings);
    api = apiOf(world);
    await prepared();
  }

  const hosting = functions && {
    workerFile: functions.workerFile,
    processes: functions.processes ?? 2,
    limits: functions.limits,
    output: outputTo(log),
    simulatorPort: port,
    ...{ account, clock, log, work },
    mishaps,
  };
  const deployed = hosting && deployedHosts(serverless, hosting);
  const seeded = functions?.seeded;
  const host: FunctionsHost | undefined =
    hosting && seeded && (await startFunctionsHost({ ...hosting, ...seededDeployment(seeded, world) }));
  const levers = createLevers({ world: () => world, reset });

  async function dispatch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = hostOf(request);
    if (api.serves(name)) return api.handle(request, response);
    const local = name === "localhost" || name === "127.0.0.1";
    const path = String(request.url).split("?")[0] ?? "/";
    if (local && path.startsWith("/simulator/")) return levers.handle(request, response);
    const domain = local ? account.functionsDomain : name;
    const serving = (await deployed?.at(domain)) ?? (domain === account.functionsDomain ? host : undefined);
    if (serving) return serving.handle(request, response);
    throw new ApiError(404, 20404, nothingServed(name, path));
  }

  server.on("request", (request, response) => {
    dispatch(request, response).catch((error: unknown) => {
      const refusal = error instanceof ApiError ? error : new ApiError(500, 20500, String(error));
      sendJson(response, refusal.status, refusal.body());
    });
  });

  return {
    port,
    account,
    log,
    clock,
    serverless,
    world: () => world,
    async customerSends(from, body, to = "+15550100100") {
      const sent = await world.phones.send({ from, to, body });
      await work.settled();
      return sent;
    },
    agent: (name) => agentLevers(world, name),
    advance: (seconds) => clock.advance(seconds * 1000),
    settled: work.settled,
    state: () => worldState(world),
    violations: () => log.entries.filter(({ kind }) => kind === "contract"),
    prepare(action) {
      prepared = action;
      return action();
    },
    reset,
    async stop() {
      clock.clear();
      await Promise.all([host?.stop(), deployed?.stop()]);
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

/** Other regions, and edges, have hosts of their own: https://www.twilio.com/docs/global-infrastructure */
function nothingServed(host: string, path: string): string {
  const [, product] = /^([\w-]+)\.(?:[\w-]+\.)?[a-z]{2}\d\.twilio\.com$/.exec(host) ?? [];
  if (!product) return `Nothing is served for ${host}${path}`;
  return `Nothing is served for ${host}: the simulator is in region us1 and has no edges, at ${product}.twilio.com`;
}

/** The Functions of a folder, served as the seeded service's. */
function seededDeployment({ directory, assetsDirectory, env }: SeededFunctions, world: World) {
  const { account } = world;
  const given = givenVariables(account, { serviceSid: account.serverlessServiceSid, credentials: true });
  return {
    resources: [...(assetsDirectory ? scanAssets(assetsDirectory) : []), ...scanFunctions(directory)],
    domain: account.functionsDomain,
    env: { ...given, ...env(world) },
  };
}

/** What Functions print goes into the history, a line an entry. */
function outputTo(log: EventLog): Output {
  const write = (chunk: Buffer) => {
    for (const line of chunk.toString().split("\n")) {
      if (line) log.add({ kind: "output", name: line });
    }
  };
  return { stdout: { write }, stderr: { write } };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    // Only this machine may reach it: the levers have no lock.
    server.listen(port, "127.0.0.1", () => {
      server.removeListener("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}
