import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Clock, createClock } from "./clock";
import { loadContract } from "./contract/contract";
import { createEventLog, type EventLog, type LogEntry } from "./event-log";
import type { Mishaps } from "./functions-host/faulty-call";
import { type FunctionsHost, startFunctionsHost } from "./functions-host/gateway";
import { outputTo, seededDeployment } from "./functions-host/seeded";
import { type AgentLevers, agentLevers } from "./levers/agents";
import { customerEnd } from "./levers/customer-end";
import { createLevers } from "./levers/lever-routes";
import { type WorldState, worldState } from "./levers/world-state";
import { createPlatformServer, type PlatformServer } from "./platforms/platform-server";
import { readSeeds } from "./seeding/read-seeds";
import { type Account, type AgentName, account as seededAccount } from "./seeds";
import { ApiError } from "./server/api-error";
import { apiHosts } from "./server/api-hosts";
import { type ApiServer, createApiServer, hostOf } from "./server/api-server";
import { callOrder } from "./server/call-order";
import { routeFinder } from "./server/find-route";
import { sendJson } from "./server/http";
import { deployedHosts } from "./serverless/deployed-hosts";
import { seedService } from "./serverless/seed";
import { createServerless, type Serverless } from "./serverless/tables";
import type { SimulatorOptions } from "./simulator-options";
import { fitsTo, keepPreparation, type Preparation, repeatPreparation } from "./snapshot/preparation";
import { readSnapshot, restoreWorld, type Snapshot, takeSnapshot } from "./snapshot/snapshot";
import { switchboard } from "./switches";
import { webhookSender } from "./webhooks/send-webhook";
import { createWork } from "./work";
import { createWorld, type Surroundings, type World } from "./world";

export type { SimulatorOptions } from "./simulator-options";

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
  /**
   * Makes a fresh account ready for use: now, unless all began with a snapshot, and again after each reset. What `fill`
   * left in the account is then put back in place of running it again; `before`, which runs first each time, may move the
   * clock.
   */
  prepare(fill: () => Promise<void>, before?: () => Promise<void>): Promise<void>;
  /** A fresh account; time goes on from where it is, or with Functions from two hours later. */
  reset(): Promise<void>;
  /** All that a reset would lose, once the world has come to rest. */
  snapshot(): Promise<Snapshot>;
  /** Goes back, or on, to a snapshot; throws SnapshotError for what is none, or none of this simulator's. */
  restore(snapshot: unknown): Promise<void>;
  stop(): Promise<void>;
}

/**
 * SIDs come again after a reset, and processes of Functions remember some: for an hour at most, so that after two nothing
 * of the last world is left. Loading them anew would take longer than most of what is played.
 */
const FORGOTTEN_MS = 2 * 3_600_000;

/** A Monday morning, unless told otherwise. */
const STANDSTILL = { startsAt: new Date("2026-01-05T10:00:00Z") };

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const seeds = readSeeds(options.seeds ?? {});
  const account: Account = { ...seededAccount, senders: seeds.senders ?? seededAccount.senders };
  const { startsAt } = typeof options.deterministic === "object" ? options.deterministic : STANDSTILL;
  const isDeterministic = Boolean(options.deterministic);
  const onFailure = (failure: unknown) =>
    log.add({ kind: "warning", name: `the simulator failed: ${String(failure)}` });
  const work = createWork(onFailure, isDeterministic);
  const clock = createClock(work.settled, isDeterministic ? startsAt.getTime() : undefined);
  const log = createEventLog(clock.now);
  const contract = loadContract();
  const findRoute = routeFinder();
  const server = createServer();
  const mishaps: Mishaps = { meet: (operation, about) => world.faults.meet(operation, about), workers: new Map() };
  const surroundings: Surroundings = {
    account,
    // Where time stands still, no limit on how often would ever pass.
    ...switchboard({ ...(isDeterministic ? { rateLimits: false } : {}), ...options.switches }),
    seed: options.seed ?? "flex-conversations",
    seeds,
    clock,
    log,
    work,
    sendWebhook: webhookSender({ account, log, work, port: () => port, standIn: options.standIn }),
    crash: async (invocation) => mishaps.workers.get(invocation)?.kill(),
  };

  const { functions } = options;
  const serverless = createServerless(account, clock, functions?.modules);
  if (!functions || functions.seeded) seedService(serverless);

  const saved = options.snapshot === undefined ? undefined : readSnapshot(options.snapshot);
  let world = saved ? restoreWorld(surroundings, saved) : createWorld(surroundings);
  const port = await listen(server, options.port ?? 0);
  let api = apiOf(world);
  let platforms: PlatformServer = createPlatformServer(world);
  let inTurn = orderOfCalls();
  function apiOf(of: World): ApiServer {
    return createApiServer(of, contract, apiHosts(of, serverless), findRoute);
  }

  function orderOfCalls() {
    return isDeterministic ? callOrder() : undefined;
  }
  let worlds = 1;
  function goOnIn(next: World) {
    world = next;
    api = apiOf(world);
    platforms = createPlatformServer(world);
    // The SIDs of Function calls may come again.
    inTurn = orderOfCalls();
  }

  let prepared = async (_isFresh?: boolean) => {};
  async function reset() {
    await work.settled();
    clock.clear();
    log.clear();
    if (functions && !isDeterministic) clock.set(clock.ms() + FORGOTTEN_MS);
    goOnIn(createWorld(surroundings));
    await prepared();
  }

  function prepare(fill: () => Promise<void>, before = async () => {}) {
    let done: Preparation | undefined;
    prepared = async (isFresh = true) => {
      await before();
      if (done && fitsTo(world, done)) return repeatPreparation(world, done);
      const since = log.lastSeq();
      await fill();
      await work.settled();
      if (isFresh) done = keepPreparation(world, since);
    };
    // What was done to the account before is no part of its preparation.
    return saved ? Promise.resolve() : prepared(log.lastSeq() === 0);
  }

  async function restore(snapshot: unknown) {
    const read = readSnapshot(snapshot);
    await work.settled();
    worlds += 1;
    goOnIn(restoreWorld(surroundings, read));
  }

  async function snapshot(): Promise<Snapshot> {
    await work.settled();
    return takeSnapshot(world);
  }

  const hosting = functions && {
    workerFile: functions.workerFile,
    processes: functions.processes ?? 2,
    limits: functions.limits,
    output: outputTo(log),
    simulatorPort: port,
    ...{ account, clock, log, work, isDeterministic },
    newInvocation: () => world.newSid("RQ"),
    world: () => worlds,
    mishaps,
  };
  const deployed = hosting && deployedHosts(serverless, hosting);
  const seeded = functions?.seeded;
  const host: FunctionsHost | undefined =
    hosting && seeded && (await startFunctionsHost({ ...hosting, ...seededDeployment(seeded, world) }));
  const levers = createLevers({ world: () => world, reset, snapshot, restore });

  async function dispatch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = hostOf(request);
    if (api.serves(name)) return api.handle(request, response);
    if (platforms.serves(name)) return platforms.handle(request, response);
    const local = name === "localhost" || name === "127.0.0.1";
    const path = String(request.url).split("?")[0] ?? "/";
    if (local && path.startsWith("/simulator/")) return levers.handle(request, response);
    const domain = local ? account.functionsDomain : name;
    const serving = (await deployed?.at(domain)) ?? (domain === account.functionsDomain ? host : undefined);
    if (serving) return serving.handle(request, response);
    throw new ApiError(404, 20404, nothingServed(name, path));
  }

  server.on("request", (request, response) => {
    const serve = () => dispatch(request, response);
    (inTurn?.(request, serve) ?? serve()).catch((error: unknown) => {
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
    async customerSends(from, body, to) {
      const sent = await customerEnd(world, from).send({ body, ...(to ? { to } : {}) });
      await work.settled();
      return sent;
    },
    agent: (name) => agentLevers(world, name),
    advance: (seconds) => clock.advance(seconds * 1000),
    settled: work.settled,
    state: () => worldState(world),
    violations: () => log.entries.filter(({ kind }) => kind === "contract"),
    prepare,
    reset,
    snapshot,
    restore,
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

/** Other regions have hosts, and data, of their own: https://www.twilio.com/docs/global-infrastructure */
function nothingServed(host: string, path: string): string {
  const [, product] = /^([\w-]+)\.(?:[\w-]+\.)?[a-z]{2}\d\.twilio\.com$/.exec(host) ?? [];
  if (!product) return `Nothing is served for ${host}${path}`;
  return `Nothing is served for ${host}: the simulator is in region us1, at ${product}.twilio.com`;
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
