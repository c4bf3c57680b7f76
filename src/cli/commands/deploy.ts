import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { Command } from "commander";
import { variables } from "../../config/variables";
import { CommandError, type Terminal } from "../terminal";

/** `deploy`: hands the built bundle to twilio-run with the allowed variables only. */
export function deployCommand(terminal: Terminal): Command {
  return new Command("deploy")
    .summary("deploy the built Functions to a Twilio account")
    .description(
      "Deploys dist with twilio-run, as `npm run deploy` does after check and build. The account comes from TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN; of the environment file only the variables of .env.example are sent.",
    )
    .option("--env <file>", "environment file with the Functions' variables", ".env")
    .action(async ({ env }: { env: string }) => {
      const { TWILIO_ACCOUNT_SID: username, TWILIO_AUTH_TOKEN: password } = process.env;
      if (!username || !password) {
        throw new CommandError("Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (Twilio Console > Account Info).", 2);
      }
      const allowed = readAllowed(env);
      const folder = mkdtempSync(join(tmpdir(), "flex-conversations-"));
      try {
        const file = join(folder, "deployed.env");
        writeFileSync(file, allowed.map(([name, value]) => `${name}=${value}\n`).join(""), { mode: 0o600 });
        // Credentials travel in the environment: arguments can be read by every user of the machine.
        const child = spawn("twilio-run", ["deploy", "--env", file], {
          stdio: "inherit",
          env: { ...process.env, ACCOUNT_SID: username, AUTH_TOKEN: password },
        });
        const [code] = await once(child, "exit");
        if (code !== 0) throw new CommandError(`twilio-run deploy ended with exit code ${code}.`);
      } finally {
        rmSync(folder, { recursive: true });
      }
      terminal.print("Deployed. Next: npm run cli -- flows render sms, and import it in Studio.");
    });
}

/** The variables of the file that Functions read; a required one that is missing stops the deployment here. */
export function readAllowed(file: string): [string, string][] {
  if (!existsSync(file)) throw new CommandError(`There is no ${file}: copy .env.example to it and fill it in.`, 2);
  const given = parseEnv(readFileSync(file, "utf8"));
  const missing = variables.filter(({ name, required }) => required && !given[name]);
  if (missing.length > 0) {
    throw new CommandError(missing.map(({ name, about }) => `${file}: ${name} is not set. ${about}`).join("\n"), 2);
  }
  return variables.flatMap(({ name }) => (given[name] ? [[name, given[name]] as [string, string]] : []));
}
