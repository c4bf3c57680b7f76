import { Command } from "commander";
import { drawFlow } from "../../simulator/drawing/draw-flow";
import type { DrawnFlow, DrawnRun } from "../../simulator/drawing/drawn-flow";
import { flowDefinition } from "../../simulator/studio/definition";
import { lintFlow } from "../flows/lint/lint-flow";
import { unplayable } from "../flows/lint/rules";
import { drawnRun } from "../flows/play/drawn-run";
import { playFlow } from "../flows/play/play-flow";
import { printFindings } from "../flows/print-findings";
import { type FlowFile, readFlowFile, readJsonFile } from "../flows/read-flow-file";
import { CommandError, type Terminal } from "../terminal";
import { writeOutput } from "../write-output";
import { playOptions } from "./play-options";

/** `flows draw`: exits 1 when the file cannot be drawn. */
export function drawCommand(terminal: Terminal): Command {
  const command = new Command("draw")
    .argument("<file>", "a Flow as JSON: anybody's export, or a source")
    .summary("draw a Flow as SVG")
    .description(
      "Draws the Flow from top to bottom. With a play, by --run or by the options of `flows run`, its way is lit up and\n" +
        "its steps are numbered.",
    )
    .option("-o, --output <file>", "write to a file instead of printing")
    .option("--run <file>", "what `flows run --json` printed");
  const read = playOptions(command);
  return command.action(async (file: string, { output, run: runFile }: { output?: string; run?: string }) => {
    const flow = readFlowFile(file);
    const drawable = drawableOf(flow);
    const options = read();
    const run = runFile
      ? runIn(runFile)
      : options.script.length > 0
        ? drawnRun(await playFlow(flow, options))
        : undefined;
    const svg = drawFlow(drawable, run);
    if (output) writeOutput(output, svg);
    else terminal.print(svg);
  });
}

/** Whatever has states and transitions can be drawn, though Studio may refuse it. */
function drawableOf(flow: FlowFile): DrawnFlow {
  const { data } = flowDefinition.safeParse(flow.definition);
  if (data) return data;
  const reasons = lintFlow(flow).filter(({ rule }) => unplayable.has(rule));
  throw new CommandError(`It cannot be drawn.\n${printFindings(flow.file, reasons)}`);
}

function runIn(file: string): DrawnRun {
  const run = drawnRun(readJsonFile(file));
  if (!run) throw new CommandError(`${file} is not what \`flows run --json\` prints.`, 2);
  return run;
}
