import { basename } from "node:path";
import { Command } from "commander";
import { lintFlow } from "../flows/lint/lint-flow";
import { countFindings, printFindings } from "../flows/print-findings";
import { readFlowFile } from "../flows/read-flow-file";
import { CommandError, type Terminal } from "../terminal";

interface LintOptions {
  json?: boolean;
  strict?: boolean;
  ours?: boolean;
  channel?: string[];
}

/** `flows lint`: exits 1 when there are errors. */
export function lintCommand(terminal: Terminal): Command {
  return new Command("lint")
    .argument("<files...>", "Flows as JSON: exports of any account, or sources")
    .summary("look for mistakes in Flows, without an account")
    .description(
      "Reports what Studio would refuse, and what it would take but customers would suffer from; docs/flows.md lists the rules.\n" +
        "Exits 0 without errors, 1 with errors, 2 when a file cannot be read.",
    )
    .option("--strict", "warnings fail too")
    .option("--ours", "these are sources for any account: SIDs and hosts in them are errors")
    .option("--channel <name>", "a channel that the Flows serve, such as whatsapp or telegram; may be repeated", listed)
    .option("--json", "print one JSON document")
    .action((files: string[], { json, strict, ours, channel }: LintOptions) => {
      // What `studio-flows/*.json` names besides Flows.
      const flows = files.length > 1 ? files.filter((file) => basename(file) !== "addresses.json") : files;
      const read = flows.map((file) => readFlowFile(file, { ours, channels: channel }));
      const linted = read.map((flow) => ({ file: flow.file, findings: lintFlow(flow) }));
      const all = linted.flatMap(({ findings }) => findings);
      if (json) terminal.print(JSON.stringify({ files: linted }, null, 2));
      else for (const { file, findings } of linted) terminal.print(printFindings(file, findings));
      const fails = ({ severity }: { severity: string }) => severity === "error" || (strict && severity === "warning");
      if (all.some(fails)) throw new CommandError(`${countFindings(all)}.`);
      if (!json && all.length > 0) terminal.print(`${countFindings(all)}.`);
    });
}

const listed = (name: string, before: string[] = []) => [...before, name];
