import { Command } from "commander";
import { accountClient, readCredentials } from "../account";
import { deployBundle } from "../deploy/deploy-bundle";
import { printDeployment } from "../deploy/print-deployment";
import { readSettings } from "../deploy/read-settings";
import { inWords } from "../in-words";
import { readDeploymentSettings } from "../read-deployment-settings";
import type { Terminal } from "../terminal";

interface Options {
  env: string;
  environment?: string;
  adopt?: boolean;
}

/** `deploy`: hands the built bundle to twilio-run with the allowed variables only. */
export function deployCommand(terminal: Terminal): Command {
  return new Command("deploy")
    .summary("deploy the built Functions to a Twilio account")
    .description(
      "Deploys dist with twilio-run, as `npm run deploy` does after check and build. The account comes from TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, names from .twilioserverlessrc; of the environment file only the variables of .env.example are sent. What has not changed is not uploaded again.",
    )
    .option("--env <file>", "environment file with the Functions' variables", ".env")
    .option("--environment <suffix>", "environment to deploy to (default: the one in .twilioserverlessrc)")
    .option("--adopt", "deploy to a service of our name although it holds what this bundle does not know")
    .action(async ({ env, environment, adopt }: Options) => {
      const credentials = readCredentials("");
      const deployment = readDeploymentSettings(process.cwd(), environment);
      const order = { root: process.cwd(), deployment, settings: readSettings(env), credentials, adopt };
      const deployed = await inWords(() => deployBundle(accountClient(credentials), order, terminal));
      terminal.print(printDeployment(deployed, deployment));
    });
}
