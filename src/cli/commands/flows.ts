import { writeFileSync } from "node:fs";
import { Command } from "commander";
import type { Twilio } from "twilio";
import { renderFlow, tokensOf } from "../../deploy/flow-source";
import { resolveTokens } from "../../deploy/resolve-tokens";
import { accountClient } from "../account";
import { openContactCentre } from "../offline/contact-centre";
import { readFlow } from "../read-flows";
import type { Terminal } from "../terminal";

interface RenderOptions {
  directory: string;
  domain?: string;
  simulated?: boolean;
  output?: string;
}

/** `flows`: what there is to do with Flow sources. */
export function flowsCommand(terminal: Terminal): Command {
  const flows = new Command("flows").description("Work with the Flow sources in studio-flows.");
  flows
    .command("render")
    .argument("<name>", "the Flow, such as sms")
    .summary("print a Flow ready for import into an account")
    .description(
      "Resolves the names in a Flow source against an account and prints the JSON to paste into Studio (Create a Flow > Import from JSON). The account comes from TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.",
    )
    .option("--directory <folder>", "folder of the sources", "studio-flows")
    .option("--domain <host>", "host of the deployed Functions (default: looked up in the account)")
    .option("--simulated", "render for the simulator's account; needs no credentials")
    .option("-o, --output <file>", "write to a file instead of printing")
    .action(async (name: string, options: RenderOptions) => {
      const source = readFlow(options.directory, name);
      const text = await withAccount(options, async (twilio) => {
        const resolve = await resolveTokens(twilio, tokensOf(source), { domain: options.domain });
        return JSON.stringify(renderFlow(source, resolve), null, 2);
      });
      if (options.output) writeFileSync(options.output, `${text}\n`);
      else terminal.print(text);
    });
  return flows;
}

async function withAccount(options: RenderOptions, use: (twilio: Twilio) => Promise<string>): Promise<string> {
  if (!options.simulated) return use(accountClient());
  const centre = await openContactCentre({ processes: 1, flows: [], addresses: [] });
  try {
    return await use(centre.twilio);
  } finally {
    await centre.stop();
  }
}
