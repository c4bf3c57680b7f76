import { once } from "node:events";
import { Command, InvalidArgumentError } from "commander";
import type { Switches } from "../../simulator/switches";
import { type ContactCentreOptions, openContactCentre } from "../offline/contact-centre";
import { isWorthShowing, timelineLine } from "../offline/timeline";
import { readSwitch, SWITCH_OPTION } from "../read-switches";
import { CommandError, type Terminal } from "../terminal";

/** `start`: the contact centre on this machine, until Ctrl-C, with a live timeline. */
export function startCommand(terminal: Terminal): Command {
  return new Command("start")
    .summary("run the whole contact centre on this machine")
    .description(
      "Runs the simulator with the built Functions and Flows on a local port, and shows what happens as it happens.",
    )
    .option("-p, --port <number>", "port to listen on (default: PORT, or any free one)", readPort)
    .option("--real-time", "keep the clock at the present, even when the contact centre is closed now")
    .option(...SWITCH_OPTION, readSwitch)
    .option("--json", "print the timeline as JSON lines")
    .action(async ({ port, realTime, switch: switches, json }: StartOptions) => {
      const wanted = port ?? (process.env.PORT ? readPort(process.env.PORT) : 0);
      const centre = await open({ port: wanted, whenOpen: !realTime, switches });
      const { simulator } = centre;
      if (json) terminal.print(JSON.stringify({ url: `http://localhost:${simulator.port}` }));
      else terminal.print(welcome(simulator.port, simulator.clock.offset()));
      simulator.log.subscribe((entry) => {
        if (json) terminal.print(JSON.stringify(entry));
        else if (isWorthShowing(entry)) terminal.print(timelineLine(entry));
      });
      await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
      await centre.stop();
    });
}

interface StartOptions {
  port?: number;
  realTime?: boolean;
  switch?: Partial<Switches>;
  json?: boolean;
}

async function open(options: ContactCentreOptions) {
  try {
    return await openContactCentre(options);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || (error.code !== "EADDRINUSE" && error.code !== "EACCES"))
      throw error;
    const why = error.code === "EACCES" ? "may not be used by you" : "is in use";
    throw new CommandError(`Port ${options.port} ${why}. Choose another with --port, or none for any free one.`, 2);
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("a port is a number from 0 to 65535.");
  return port;
}

function welcome(port: number, offsetMs: number): string {
  const url = `http://localhost:${port}/simulator`;
  const clock =
    offsetMs > 60_000
      ? ["It is outside opening hours now: the clock was moved to the next opening (--real-time keeps it).", ""]
      : [];
  return [
    `The contact centre is open at http://localhost:${port} (Ctrl-C ends it).`,
    "",
    ...clock,
    "SMS address  +15550100100, answered by studio-flows/sms.json",
    "Agents       ada, grace (available); supervisor sam",
    "",
    "Try, in another terminal:",
    `  curl ${url}/customers/+15550101234/messages -d body=hello`,
    `  curl ${url}/customers/+15550101234/messages -d body=1`,
    `  curl -X POST ${url}/agents/ada/accept`,
    `  curl ${url}/agents/ada/reply -d body="Hi, this is Ada"`,
    `  curl ${url}/clock/advance -d seconds=60`,
    `  curl -X POST ${url}/agents/ada/complete`,
    `  curl ${url}/state`,
    "",
    "What happens:",
  ].join("\n");
}
