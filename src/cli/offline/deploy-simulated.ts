import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Twilio } from "twilio";
import type { Setting } from "../../config/env-file";
import { redirectedEnvironment } from "../../simulator/redirect/preload";
import type { Simulator } from "../../simulator/simulator";
import { deployBundle } from "../deploy/deploy-bundle";
import { readDeploymentSettings } from "../read-deployment-settings";
import type { Terminal } from "../terminal";

const QUIET: Terminal = { print: () => undefined, warn: () => undefined };

/** Deploys what is built into a simulated account, with the tool that deploys to real ones; answers its domain. */
export async function deploySimulated(
  { port, account }: Simulator,
  twilio: Twilio,
  root: string,
  settings: readonly Setting[],
): Promise<string> {
  const deployment = readDeploymentSettings(root);
  // From a copy, since the tool notes down beside the project where it deployed to.
  const copy = mkdtempSync(join(tmpdir(), "deployed-from-"));
  try {
    // The tool takes a folder for a project of its kind only with one of the usual folders in it, wherever the code lies.
    mkdirSync(join(copy, "src"));
    for (const name of ["package.json", deployment.functionsFolder, deployment.assetsFolder]) {
      if (existsSync(join(root, name))) cpSync(join(root, name), join(copy, name), { recursive: true });
    }
    cpSync(join(root, ".twilioserverlessrc"), join(copy, ".twilioserverlessrc"));
    const { environment } = await deployBundle(
      twilio,
      {
        root: copy,
        deployment,
        settings,
        credentials: { accountSid: account.sid, authToken: account.authToken },
        shell: redirectedEnvironment(process.env, resolve(root, "dist/tools/redirect.js"), port),
      },
      QUIET,
    );
    return environment.domain;
  } finally {
    rmSync(copy, { recursive: true });
  }
}
