import { Command } from "commander";
import type { Twilio } from "twilio";
import { renderFlow, tokensOf } from "../../deploy/flow-source";
import { type FunctionsAt, resolveTokens } from "../../deploy/resolve-tokens";
import { accountClient } from "../account";
import { inWords } from "../in-words";
import { openContactCentre } from "../offline/contact-centre";
import { readDeploymentSettings } from "../read-deployment-settings";
import { readFlow } from "../read-flows";
import type { Terminal } from "../terminal";
import { writeOutput } from "../write-output";
import { drawCommand } from "./draw-flow";
import { lintCommand } from "./lint-flows";
import { runCommand } from "./run-flow";

interface RenderOptions {
  directory: string;
  domain?: string;
  environment?: string;
  simulated?: boolean;
  output?: string;
}

/** `flows`: what there is to do with Flow sources. */
export function flowsCommand(terminal: Terminal): Command {
  const flows = new Command("flows").description(
    "Work with Studio Flows: check, play and draw any, render the sources in studio-flows.",
  );
  flows
    .command("render")
    .argument("<name>", "the Flow, such as sms")
    .summary("print a Flow ready for import into an account")
    .description(
      "Resolves the names in a Flow source against an account and prints the JSON to paste into Studio (Create a Flow > Import from JSON). The account comes from TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.",
    )
    .option("--directory <folder>", "folder of the sources", "studio-flows")
    .option("--domain <host>", "host of the deployed Functions (default: looked up in the account)")
    .option("--environment <suffix>", "environment of the deployed Functions (default: the one in .twilioserverlessrc)")
    .option("--simulated", "render for the simulator's account; needs no credentials")
    .option("-o, --output <file>", "write to a file instead of printing")
    .action(async (name: string, options: RenderOptions) => {
      const source = readFlow(options.directory, name);
      const text = await withAccount(options, async (twilio, at) => {
        const resolve = await resolveTokens(twilio, tokensOf(source), at);
        return JSON.stringify(renderFlow(source, resolve), null, 2);
      });
      if (options.output) writeOutput(options.output, text);
      else terminal.print(text);
    });
  for (const command of [lintCommand, runCommand, drawCommand]) flows.addCommand(command(terminal));
  return flows;
}

async function withAccount(
  { simulated, domain, environment }: RenderOptions,
  use: (twilio: Twilio, at: FunctionsAt) => Promise<string>,
): Promise<string> {
  if (!simulated) {
    const account = accountClient();
    const at = domain ? { domain } : readDeploymentSettings(process.cwd(), environment);
    return inWords(() => use(account, at));
  }
  const centre = await openContactCentre({ processes: 1, flows: [], addresses: [] });
  try {
    return await use(centre.twilio, { domain: domain ?? centre.domain });
  } finally {
    await centre.stop();
  }
}
