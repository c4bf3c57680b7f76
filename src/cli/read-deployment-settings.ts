import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type DeploymentSettings,
  DeploymentSettingsError,
  parseDeploymentSettings,
} from "../deploy/deployment-settings";
import { CommandError } from "./terminal";

/** Names and folders of the deployment; `environment` in place of the one that is written there. */
export function readDeploymentSettings(root = process.cwd(), environment?: string): DeploymentSettings {
  const file = join(root, ".twilioserverlessrc");
  if (!existsSync(file))
    throw new CommandError("There is no .twilioserverlessrc: run this at the root of the project.", 2);
  try {
    const settings = parseDeploymentSettings(readFileSync(file, "utf8"));
    return { ...settings, environment: environment ?? settings.environment };
  } catch (error) {
    if (error instanceof DeploymentSettingsError) throw new CommandError(error.message, 2);
    throw error;
  }
}
