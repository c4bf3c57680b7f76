import { Command } from "commander";
import { applyHooks, ForeignCallbackError } from "../../deploy/apply-hooks";
import { functionsDomain } from "../../deploy/resolve-tokens";
import { accountClient, readCredentials } from "../account";
import { inWords } from "../in-words";
import { readDeploymentSettings } from "../read-deployment-settings";
import { CommandError, type Terminal } from "../terminal";

/** `hooks`: what in the account calls our Functions by itself. */
export function hooksCommand(terminal: Terminal): Command {
  const hooks = new Command("hooks").description("Work with what calls the deployed Functions of an account.");
  hooks
    .command("apply")
    .summary("have TaskRouter and Conversations call the deployed hooks")
    .description(
      "Sets the event callback of the Flex workspace and the post-event webhook of the default Conversations service. An account has one of each: what somebody else set there is left alone. With --before-message, Twilio also asks before it publishes what agents and guests of web chats send: see docs/before-message.md first. The account comes from TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.",
    )
    .option("--environment <suffix>", "environment of the deployed Functions (default: the one in .twilioserverlessrc)")
    .option("--before-message", "have files and texts checked before they are published")
    .option("--no-before-message", "no longer; without either option it stays as it is")
    .action(async ({ environment, beforeMessage }: { environment?: string; beforeMessage?: boolean }) => {
      const twilio = accountClient(readCredentials(""));
      const names = readDeploymentSettings(process.cwd(), environment);
      const domain = await inWords(() => functionsDomain(twilio, names));
      try {
        await inWords(() => applyHooks(twilio, domain, { beforeMessage }));
      } catch (error) {
        if (error instanceof ForeignCallbackError) throw new CommandError(error.message, 2);
        throw error;
      }
      terminal.print(`Task and Conversation events go to https://${domain}/hooks/.`);
    });
  return hooks;
}
