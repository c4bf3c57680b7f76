import type { Twilio } from "twilio";
import type { DeploymentNames } from "./deployment-settings";
import { findEnvironment } from "./resolve-tokens";

/** What the deployed Functions of an account work with. */
export interface LiveFunctions {
  domain: string;
  /** By name. */
  variables: Record<string, string>;
}

export async function liveFunctions(twilio: Twilio, names: DeploymentNames): Promise<LiveFunctions> {
  const { serviceSid, sid, domainName: domain } = await findEnvironment(twilio, names);
  const rows = await twilio.serverless.v1.services(serviceSid).environments(sid).variables.list();
  return { domain, variables: Object.fromEntries(rows.map(({ key, value }) => [key, value])) };
}
