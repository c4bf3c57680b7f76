import type { Desk } from "../conversation/desk";
import type { DeploymentNames } from "../deploy/deployment-settings";
import { liveFunctions } from "../deploy/live-variables";
import { deadlineIn } from "../runtime/deadline";
import { readEnv } from "../runtime/env";
import { MisconfiguredError } from "../runtime/errors";
import { flexEnv } from "../runtime/flex-env";
import { createLogger } from "../runtime/log";
import { withinDeadline } from "../runtime/twilio-client";
import { accountClient } from "./account";
import type { Credentials } from "./deploy/run-twilio-run";
import { CommandError, type Terminal } from "./terminal";

/** For one page; a Function has eight seconds, cron has more. */
const WITHIN_MS = 60_000;

/** What the stories need, as the deployed Functions have it: a desk for each page, with time of its own. */
export async function sweepDesk(
  credentials: Credentials,
  names: DeploymentNames,
  terminal: Terminal,
): Promise<() => Desk> {
  const { domain, variables } = await liveFunctions(accountClient(credentials), names);
  const env = readFlexEnv(variables);
  const all = { ...variables, AUTH_TOKEN: credentials.authToken };
  const base = variables.PUBLIC_BASE_URL || `https://${domain}`;
  // What goes well is in the table.
  const log = { ...createLogger({ command: "sweep" }, terminal.warn), info: () => undefined };
  return () => {
    const deadline = deadlineIn(WITHIN_MS);
    const twilio = withinDeadline(accountClient(credentials), deadline);
    return { twilio, log, deadline, env, variables: all, now: () => new Date(), urlOf: (path) => `${base}${path}` };
  };
}

function readFlexEnv(variables: Record<string, string>) {
  try {
    return readEnv(flexEnv, variables);
  } catch (error) {
    throw error instanceof MisconfiguredError ? new CommandError(error.message, 2) : error;
  }
}
