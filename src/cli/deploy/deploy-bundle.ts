import type { Twilio } from "twilio";
import type { Setting } from "../../config/env-file";
import { type Bundle, NotBuiltError, readBundle } from "../../deploy/bundle";
import {
  type Changes,
  compareDeployment,
  staleVariables,
  strangePaths,
  type Wanted,
} from "../../deploy/compare-deployment";
import type { DeploymentSettings } from "../../deploy/deployment-settings";
import { type LiveEnvironment, type LiveService, readLiveService } from "../../deploy/live-deployment";
import { type Target, writeVariables } from "../../deploy/live-variables";
import { CommandError, type Terminal } from "../terminal";
import { explainFailure } from "./explain-failure";
import { isRemembered } from "./remembered-service";
import { type Credentials, runTwilioRun } from "./run-twilio-run";

export interface Deploying {
  root: string;
  deployment: DeploymentSettings;
  settings: readonly Setting[];
  credentials: Credentials;
  /** Deploy to a service of our name although it holds what this bundle does not know. */
  adopt?: boolean;
  shell?: NodeJS.ProcessEnv;
}

export interface Deployed {
  service: LiveService;
  environment: LiveEnvironment & { build: Bundle & { sid: string } };
  changes: Changes;
}

/** Makes an account run what is built here; what is so already is left alone. */
export async function deployBundle(twilio: Twilio, order: Deploying, terminal: Terminal): Promise<Deployed> {
  const { deployment } = order;
  const want = { ...readBuilt(order), settings: order.settings };
  const before = await readLiveService(twilio, deployment);
  if (before) refuseStrangers(before, want, order);
  const changes = compareDeployment(want, before?.environment);
  const target = await prepareTarget(twilio, deployment, before);
  const { variables: have = [] } = before?.environment ?? {};
  // Functions see the change with their next call: https://www.twilio.com/docs/serverless/functions-assets/functions/variables
  if (changes.code.length > 0) await upload(twilio, order, want, target, terminal);
  else await writeVariables(twilio, target, have, order.settings);
  // twilio-run leaves what is no longer in the environment file.
  const stale = staleVariables(order.settings, before?.environment);
  await writeVariables(
    twilio,
    target,
    have,
    stale.map(({ name }) => [name, undefined]),
  );
  return { ...(await verify(twilio, want, deployment)), changes };
}

function readBuilt({ root, deployment }: Deploying): Bundle {
  try {
    return readBundle(root, deployment);
  } catch (error) {
    if (error instanceof NotBuiltError) throw new CommandError(`${error.message} Run npm run build first.`, 2);
    throw error;
  }
}

function refuseStrangers(
  service: LiveService,
  want: Bundle,
  { adopt, root, deployment, credentials }: Deploying,
): void {
  const strange = strangePaths(want, service);
  if (adopt || strange.length === 0 || isRemembered(root, credentials.accountSid, service.sid)) return;
  throw new CommandError(
    [
      `This account already has a service "${deployment.serviceName}" (${service.sid}), and it does not look like ours.`,
      `It has what this bundle does not, and would lose it: ${strange.join(", ")}.`,
      'Choose another "serviceName" in .twilioserverlessrc; or, if it is an older version of this bundle, add --adopt.',
    ].join("\n"),
    2,
  );
}

/** Service and environment as twilio-run would create them; made here, so that it is told where to go and never guesses. */
async function prepareTarget(
  twilio: Twilio,
  { serviceName, environment }: DeploymentSettings,
  live: LiveService | undefined,
): Promise<Target> {
  const { services } = twilio.serverless.v1;
  const options = { uniqueName: serviceName, friendlyName: serviceName, includeCredentials: true, uiEditable: false };
  const serviceSid = live?.sid ?? (await services.create(options)).sid;
  const names = { uniqueName: `${environment}-environment`, domainSuffix: environment };
  const environmentSid = live?.environment?.sid ?? (await services(serviceSid).environments.create(names)).sid;
  return { serviceSid, environmentSid };
}

async function upload(
  twilio: Twilio,
  order: Deploying,
  want: Wanted,
  target: Target,
  terminal: Terminal,
): Promise<void> {
  const count = (kind: string) => want.uploads.filter((one) => one.kind === kind).length;
  terminal.print(`Uploading ${count("function")} Functions and ${count("asset")} Assets; Twilio then builds them…`);
  const run = await runTwilioRun({ ...order, ...target });
  if (run.code === 0) return;
  throw new CommandError(explainFailure(run, await failedBuildOf(twilio, target)));
}

/** The newest Build of the service, if that failed. */
async function failedBuildOf(twilio: Twilio, { serviceSid }: Target): Promise<string | undefined> {
  const builds = await twilio.serverless.v1.services(serviceSid).builds.list();
  const [newest] = builds.sort((a, b) => b.dateCreated.getTime() - a.dateCreated.getTime());
  return newest?.status === "failed" ? newest.sid : undefined;
}

/** Reads back what runs now: a tool's good word is not taken for it. */
async function verify(
  twilio: Twilio,
  want: Wanted,
  deployment: DeploymentSettings,
): Promise<Pick<Deployed, "service" | "environment">> {
  const service = await readLiveService(twilio, deployment);
  const environment = service?.environment;
  const build = environment?.build;
  if (!service || !environment || !build) throw new CommandError("Twilio shows nothing deployed. Run it again.");
  const { code, variables } = compareDeployment(want, environment);
  const differing = [...code, ...variables].filter((line) => !line.includes("cannot be read back"));
  if (differing.length > 0) {
    throw new CommandError(`What runs differs from what is here:\n  ${differing.join("\n  ")}\nRun it again.`);
  }
  return { service, environment: { ...environment, build } };
}
