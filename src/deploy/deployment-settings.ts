import * as z from "zod/mini";

const name = z.string().check(z.minLength(1));
const settings = z.object({
  serviceName: name,
  environment: name,
  runtime: name,
  functionsFolder: name,
  assetsFolder: name,
});

/** What is deployed under which names. */
export type DeploymentSettings = z.output<typeof settings>;

/** The names alone: of the service, and of the environment, which is the suffix of its domain. */
export type DeploymentNames = Pick<DeploymentSettings, "serviceName" | "environment">;

export class DeploymentSettingsError extends Error {}

/** Reads `.twilioserverlessrc`, where names stand for Twilio's tools and for ours: https://www.twilio.com/docs/labs/serverless-toolkit/configuration */
export function parseDeploymentSettings(text: string): DeploymentSettings {
  const parsed = settings.safeParse(parseJson(text.replace(/^\s*\/\/.*$/gm, "")));
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map(({ path }) => path.join(".")).join(", ");
  throw new DeploymentSettingsError(`.twilioserverlessrc: ${names} must be given, as text.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new DeploymentSettingsError(
      `.twilioserverlessrc must be JSON, with comments on lines of their own: ${reason}`,
    );
  }
}
