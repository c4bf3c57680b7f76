import type { Twilio } from "twilio";
import type { DeploymentNames } from "./deployment-settings";
import { findEnvironment } from "./resolve-tokens";

/** Service and environment, by SID. */
export interface Target {
  serviceSid: string;
  environmentSid: string;
}

/** What the deployed Functions of an account work with. */
export interface LiveFunctions extends Target {
  domain: string;
  /** By name. */
  variables: Record<string, string>;
  /** What runs there; empty where nothing was deployed. */
  buildSid: string;
}

export interface LiveVariable {
  sid: string;
  name: string;
  value: string;
}

/** Those without a value go. */
export type WantedVariable = readonly [name: string, value: string | undefined];

export async function liveFunctions(twilio: Twilio, names: DeploymentNames): Promise<LiveFunctions> {
  const { serviceSid, sid: environmentSid, domainName: domain, buildSid } = await findEnvironment(twilio, names);
  const rows = await listVariables(twilio, { serviceSid, environmentSid });
  const variables = Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  return { serviceSid, environmentSid, domain, buildSid, variables };
}

export async function listVariables(twilio: Twilio, target: Target): Promise<LiveVariable[]> {
  const rows = await variablesOf(twilio, target).list();
  return rows.map(({ sid, key: name, value }) => ({ sid, name, value }));
}

/** Makes what is there what is wanted, one after the other. */
export async function writeVariables(
  twilio: Twilio,
  target: Target,
  have: readonly LiveVariable[],
  wanted: readonly WantedVariable[],
): Promise<void> {
  const variables = variablesOf(twilio, target);
  for (const [key, value] of wanted) {
    const existing = have.find(({ name }) => name === key);
    if (existing?.value === value) continue;
    if (!existing && value !== undefined) await variables.create({ key, value });
    else if (existing && value !== undefined) await variables(existing.sid).update({ value });
    else if (existing) await variables(existing.sid).remove();
  }
}

/** The same for whoever does not know what is there. */
export const changeVariables = async (twilio: Twilio, target: Target, wanted: readonly WantedVariable[]) =>
  writeVariables(twilio, target, await listVariables(twilio, target), wanted);

/**
 * Twilio says that Functions see a change of variables with their next call; should they not, they do once what runs is
 * deployed again: https://www.twilio.com/docs/serverless/functions-assets/functions/variables
 */
export async function deployAgain(twilio: Twilio, live: LiveFunctions): Promise<void> {
  const { serviceSid, environmentSid, buildSid } = live;
  if (!buildSid) return;
  await twilio.serverless.v1.services(serviceSid).environments(environmentSid).deployments.create({ buildSid });
}

const variablesOf = (twilio: Twilio, { serviceSid, environmentSid }: Target) =>
  twilio.serverless.v1.services(serviceSid).environments(environmentSid).variables;
