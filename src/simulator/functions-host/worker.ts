import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { format } from "node:util";
import { LocalDevelopmentServer } from "@twilio/runtime-handler/dev";
import { currentInvocation, INVOCATION_HEADER, runInvocation } from "../redirect/invocation";
import { redirectTwilioHosts } from "../redirect/redirect-twilio";
import { drawFromSeed } from "./draw-from-seed";
import { CLOCK_HEADER, type Printed, WORLD_HEADER, type WorkerConfig, type WorkerReady } from "./messages";
import { installSimulatedDate } from "./simulated-date";

/*
 * One process of a deployment. It has its own copy of every module, as each instance of a deployed Function has. What a
 * Function leaves uncaught ends the process, and the pool starts another.
 */
const setClock = installSimulatedDate();

process.once("message", (config) => host(config as WorkerConfig));

// The parent is gone, perhaps killed: nobody else would end this process.
process.on("disconnect", () => process.exit());

function host(config: WorkerConfig): void {
  redirectTwilioHosts(config.port);
  reportPrinting();
  if (config.deterministic) drawFromSeed();
  const app = runtime(config);
  let world: string | undefined;
  const server = createServer((request, response) => {
    const called = String(request.headers[WORLD_HEADER]);
    if (config.deterministic || called !== world) forget(config.functions);
    world = called;
    setClock(String(request.headers[CLOCK_HEADER] ?? "+0"));
    runInvocation(String(request.headers[INVOCATION_HEADER]), () => app(request, response));
  });
  // The gateway keeps its connections; one closed at the moment of its reuse would look like a crash.
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1", () => {
    const ready: WorkerReady = { port: (server.address() as AddressInfo).port };
    process.send?.(ready);
  });
}

/** What earlier calls left in modules: which process they were in would make a difference, and which world. */
function forget(functions: WorkerConfig["functions"]): void {
  for (const { file } of functions) {
    const known = require.cache[file];
    if (!known) continue;
    delete require.cache[file];
    // Whoever loaded it holds on to it.
    for (const module of Object.values(require.cache)) {
      if (module) module.children = module.children.filter((child) => child !== known);
    }
  }
}

function runtime({ functions: hosted, env, url, baseDir }: WorkerConfig): RequestListener {
  const functions = hosted.map(({ path, access, file }) => ({
    name: path,
    path,
    access,
    filePath: file,
    content: "",
  }));
  const server = new LocalDevelopmentServer(0, {
    baseDir,
    env,
    url,
    port: 0,
    appName: "flex-conversations",
    routes: { functions, assets: [] },
    // In this process: the process is the isolation, and a fork a call costs 140 ms.
    forkProcess: false,
    live: false,
    logs: false,
    detailedLogs: false,
    legacyMode: false,
    enableDebugLogs: false,
  });
  return server.getApp();
}

/** Only the console is told on, as in Twilio's own logs; `process.stdout` is the Function's own business. */
function reportPrinting(): void {
  for (const method of ["log", "info", "debug", "warn", "error"] as const) {
    const print = console[method];
    console[method] = (...args: unknown[]) => {
      const invocation = currentInvocation()?.sid;
      const level = method === "warn" || method === "error" ? method : "info";
      const printed: Printed | undefined = invocation ? { invocation, level, text: format(...args) } : undefined;
      if (printed) process.send?.(printed);
      print.apply(console, args);
    };
  }
}
