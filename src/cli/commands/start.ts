import { once } from "node:events";
import { Command } from "commander";
import type { Seeds } from "../../simulator/seeding/seeds-schema";
import type { Simulator } from "../../simulator/simulator";
import type { Snapshot } from "../../simulator/snapshot/snapshot";
import type { Switches } from "../../simulator/switches";
import { onPort, PORT_OPTION, readPort } from "../listen-port";
import { openContactCentre } from "../offline/contact-centre";
import { printAddresses } from "../offline/print-addresses";
import { isWorthShowing, timelineLine } from "../offline/timeline";
import { readAddresses } from "../read-flows";
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
import type { Terminal } from "../terminal";

/** `start`: the contact centre on this machine, until Ctrl-C, with a live timeline. */
export function startCommand(terminal: Terminal): Command {
  return new Command("start")
    .summary("run the whole contact centre on this machine")
    .description(
      "Runs the simulator with the built Functions and Flows on a local port, and shows what happens as it happens.",
    )
    .option(...PORT_OPTION, readPort)
    .option("--real-time", "keep the clock at the present, even when the contact centre is closed now")
    .option(...SEEDS_OPTION, readSeedsFile)
    .option(...SWITCH_OPTION, readSwitch)
    .option(...FROM_OPTION, readSnapshotFile)
    .option(...SAVE_OPTION, readSaveFile)
    .option(...DETERMINISTIC_OPTION)
    .option("--json", "print the timeline as JSON lines")
    .action(async ({ port, realTime, switch: switches, from: snapshot, save, json, ...options }: StartOptions) => {
      const wanted = port ?? (process.env.PORT ? readPort(process.env.PORT) : 0);
      const centre = await onPort(wanted, () =>
        openContactCentre({ ...options, port: wanted, whenOpen: !realTime, switches, snapshot }),
      );
      const { simulator } = centre;
      if (json) terminal.print(JSON.stringify({ url: `http://localhost:${simulator.port}` }));
      else terminal.print(welcome(simulator));
      simulator.log.subscribe((entry) => {
        if (json) terminal.print(JSON.stringify(entry));
        else if (isWorthShowing(entry)) terminal.print(timelineLine(entry));
      });
      await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
      try {
        if (save) await saveSnapshot(simulator, save);
      } finally {
        await centre.stop();
      }
    });
}

interface StartOptions {
  port?: number;
  realTime?: boolean;
  seeds?: Seeds;
  switch?: Partial<Switches>;
  from?: Snapshot;
  save?: string;
  deterministic?: boolean;
  json?: boolean;
}

/** Where the Flows and addresses lie that the contact centre is bound to. */
const FLOWS = "studio-flows";

function welcome({ port, clock: { offset }, state }: Simulator): string {
  const url = `http://localhost:${port}/simulator`;
  const agents = state().workers.map(({ friendlyName, activity }) => ({ name: friendlyName, activity }));
  const first = agents.find(({ activity }) => activity === "Available")?.name ?? agents[0]?.name;
  const clock =
    offset() > 60_000
      ? ["It is outside opening hours now: the clock was moved to the next opening (--real-time keeps it).", ""]
      : [];
  return [
    `The contact centre is open at http://localhost:${port} (Ctrl-C ends it).`,
    "",
    ...clock,
    ...printAddresses(readAddresses(FLOWS)),
    `Agents       ${agents.map(({ name, activity }) => `${name} (${activity})`).join(", ")}`,
    "",
    "Try, in another terminal:",
    `  curl ${url}/customers/+15550101234/messages -d body=hello`,
    `  curl ${url}/customers/+15550101234/messages -d body=1`,
    `  curl -X POST ${url}/agents/${first}/accept`,
    `  curl ${url}/agents/${first}/reply -d body="Hi, how can I help?"`,
    `  curl ${url}/clock/advance -d seconds=60`,
    `  curl -X POST ${url}/agents/${first}/complete`,
    `  curl ${url}/state`,
    "",
    "What happens:",
  ].join("\n");
}
