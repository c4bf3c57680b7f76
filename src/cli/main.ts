import { Command, CommanderError } from "commander";
import { UnresolvedNameError } from "../deploy/resolve-tokens";
import { SeedsError } from "../simulator/seeding/read-seeds";
import { SnapshotError } from "../simulator/snapshot/snapshot-error";
import { channelsCommand } from "./commands/channels";
import { demoCommand } from "./commands/demo";
import { deployCommand } from "./commands/deploy";
import { flowsCommand } from "./commands/flows";
import { hooksCommand } from "./commands/hooks";
import { simulateCommand } from "./commands/simulate";
import { startCommand } from "./commands/start";
import { sweepCommand } from "./commands/sweep";
import { CommandError, ProgramEnded, processTerminal, type Terminal } from "./terminal";

/** Exit codes: 0 done, 1 failed, 2 something to do or misuse; `simulate` ends with its program's. */
export async function main(args: string[], terminal: Terminal = processTerminal): Promise<number> {
  const program = new Command("flex-conversations")
    .description("Digital customer service on Twilio Flex: run it offline, render its Flows, deploy it.")
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.warn(text.trimEnd()),
    })
    .exitOverride()
    .showHelpAfterError("(add --help for what there is)");
  for (const command of [
    startCommand,
    demoCommand,
    simulateCommand,
    flowsCommand,
    hooksCommand,
    channelsCommand,
    sweepCommand,
    deployCommand,
  ]) {
    program.addCommand(inherit(command(terminal), program));
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof ProgramEnded) return error.exitCode;
    terminal.warn(error instanceof Error ? error.message : String(error));
    if (error instanceof CommandError) return error.exitCode;
    return [UnresolvedNameError, SeedsError, SnapshotError].some((misuse) => error instanceof misuse) ? 2 : 1;
  }
}

/** Commands made apart know nothing of how the program prints and exits, and neither do their own commands. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inherit(child, command);
  return command;
}

if (require.main === module) {
  main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
