import { once } from "node:events";
import { join } from "node:path";
import { Command } from "commander";
import { redirectedEnvironment } from "../../simulator/redirect/preload";
import type { Seeds } from "../../simulator/seeding/seeds-schema";
import { type Simulator, startSimulator } from "../../simulator/simulator";
import type { Snapshot } from "../../simulator/snapshot/snapshot";
import type { Switches } from "../../simulator/switches";
import { onPort, PORT_OPTION, readPort } from "../listen-port";
import { type Place, placeVariables, runRedirected } from "../offline/run-redirected";
import { keepTally, printTally } from "../offline/tally";
import { timelineLine } from "../offline/timeline";
import { readSeedsFile, SEEDS_OPTION } from "../read-seeds";
import { readSwitch, SWITCH_OPTION } from "../read-switches";
import {
  DETERMINISTIC_OPTION,
  FROM_OPTION,
  readSaveFile,
  readSnapshotFile,
  SAVE_OPTION,
  saveSnapshot,
} from "../snapshot-file";
import { ProgramEnded, type Terminal } from "../terminal";

/** `simulate`: the simulator without our contact centre, until Ctrl-C or for as long as a program runs. */
export function simulateCommand(terminal: Terminal): Command {
  return new Command("simulate")
    .summary("run Twilio's simulator alone, or a program with Twilio's hosts redirected to it")
    .description(
      "Runs the simulator with a new Flex account and nothing deployed to it. With a command behind `--`, runs that, and\n" +
        "every Node program it starts reaches the simulator instead of Twilio; the exit code is the command's.",
    )
    .argument("[command...]", "a program and its arguments, behind --")
    .option(...PORT_OPTION, readPort)
    .option("--seed <text>", "another seed makes other SIDs")
    .option(...SEEDS_OPTION, readSeedsFile)
    .option(...SWITCH_OPTION, readSwitch)
    .option(...FROM_OPTION, readSnapshotFile)
    .option(...SAVE_OPTION, readSaveFile)
    .option(...DETERMINISTIC_OPTION)
    .option("--json", "print the timeline as JSON lines, or the summary of a command as JSON")
    .action(async (command: string[], options: SimulateOptions) => {
      const port = options.port ?? (process.env.PORT && command.length === 0 ? readPort(process.env.PORT) : 0);
      const simulator = await onPort(port, () => start(port, options));
      const place = { port: simulator.port, account: simulator.account, preload: join(__dirname, "redirect.js") };
      try {
        if (command.length === 0) await serve(simulator, place, terminal, options.json);
        const code = command.length > 0 && (await accompany(command, simulator, place, terminal, options.json));
        if (options.save) await saveSnapshot(simulator, options.save);
        if (code !== false) throw new ProgramEnded(code);
      } finally {
        await simulator.stop();
      }
    });
}

interface SimulateOptions {
  port?: number;
  seed?: string;
  seeds?: Seeds;
  switch?: Partial<Switches>;
  from?: Snapshot;
  save?: string;
  deterministic?: boolean;
  json?: boolean;
}

/** The built program lies in `dist/tools`, beside what it needs. */
function start(port: number, options: SimulateOptions): Promise<Simulator> {
  const { seed, seeds, switch: switches, from: snapshot, deterministic } = options;
  return startSimulator({
    ...{ port, seed, seeds, switches, snapshot, deterministic },
    functions: { workerFile: join(__dirname, "function-worker.js"), modules: join(__dirname, "../../node_modules") },
  });
}

async function serve({ log }: Simulator, place: Place, terminal: Terminal, json?: boolean): Promise<void> {
  const env = redirectedEnvironment({}, place.preload, place.port);
  if (json)
    terminal.print(
      JSON.stringify({ url: `http://localhost:${place.port}`, env: { ...env, ...placeVariables(place) } }),
    );
  else terminal.print(welcome(place));
  log.subscribe((entry) => terminal.print(json ? JSON.stringify(entry) : timelineLine(entry)));
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
}

/** What we say goes to stderr: stdout is the program's. */
async function accompany(
  command: string[],
  simulator: Simulator,
  place: Place,
  terminal: Terminal,
  json?: boolean,
): Promise<number> {
  const tally = keepTally(simulator);
  if (!json) terminal.warn(`simulate: Twilio is simulated at http://localhost:${place.port}`);
  const code = await runRedirected(command, place);
  await simulator.settled();
  terminal.warn(json ? JSON.stringify(tally) : printTally(tally));
  return code;
}

function welcome({ port, account, preload }: Place): string {
  const { NODE_OPTIONS } = redirectedEnvironment({}, preload, port);
  return [
    `Twilio is simulated at http://localhost:${port} (Ctrl-C ends it).`,
    "",
    `Account SID  ${account.sid}`,
    `Auth token   ${account.authToken}`,
    `API key      ${account.apiKey.sid}, secret ${account.apiKey.secret}`,
    "",
    "A Node program speaks to it with this in its shell:",
    `  export TWILIO_SIMULATOR_PORT=${port} NODE_OPTIONS='${NODE_OPTIONS}'`,
    `  export TWILIO_ACCOUNT_SID=${account.sid} TWILIO_AUTH_TOKEN=${account.authToken}`,
    "",
    "What it holds:",
    `  curl http://localhost:${port}/simulator/state`,
    "",
    "What happens:",
  ].join("\n");
}
