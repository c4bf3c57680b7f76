import { Command } from "commander";
import { playFlow } from "../flows/play/play-flow";
import { printRun } from "../flows/play/print-run";
import type { FlowRun } from "../flows/play/run-report";
import { readFlowFile } from "../flows/read-flow-file";
import { CommandError, type Terminal } from "../terminal";
import { playOptions } from "./play-options";

interface RunOptions {
  expect?: string;
  json?: boolean;
}

/** `flows run`: exits 1 when the Flow cannot be played, or does not come to where it was to. */
export function runCommand(terminal: Terminal): Command {
  const command = new Command("run")
    .argument("<file>", "a Flow as JSON: anybody's export, or a source")
    .summary("play a Flow with a scripted customer, without an account")
    .description(
      "Plays the Flow on the simulator and prints its way, what it said and the Task it made. Without --say the customer\n" +
        "says Hello. SIDs of other accounts are replaced; hosts elsewhere are never called: answer for them with --stub.",
    );
  const read = playOptions(command);
  return command
    .option("--expect <state>", "fail unless it passes this state; `task` stands for a Task")
    .option("--json", "print one JSON document")
    .action(async (file: string, { expect, json }: RunOptions) => {
      const options = read();
      const script = options.script.length > 0 ? options.script : [{ say: "Hello" }];
      const run = await playFlow(readFlowFile(file), { ...options, script });
      terminal.print(json ? JSON.stringify(run, null, 2) : printRun(run));
      if (expect && !cameTo(run, expect)) throw new CommandError(`It did not come to ${expect}.`);
    });
}

function cameTo({ tasks, executions }: FlowRun, expected: string): boolean {
  if (expected === "task") return tasks.length > 0;
  return executions.some(({ steps }) => steps.some(({ widget }) => widget === expected));
}
