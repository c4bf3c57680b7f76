import type { Twilio } from "twilio";
import type { DeploymentNames } from "./deployment-settings";
import type { Token } from "./flow-source";

/** Flex has exactly one workspace, of this name: https://www.twilio.com/docs/taskrouter/api/workspace */
const WORKSPACE_NAME = "Flex Task Assignment";

export class UnresolvedNameError extends Error {}

/** Host of the deployed Functions, or the names under which it is looked up in the account. */
export type FunctionsAt = { domain: string } | DeploymentNames;

/** Looks up what tokens name in an account. A name that is not there is said with what there is instead. */
export async function resolveTokens(
  twilio: Twilio,
  tokens: readonly Token[],
  at: FunctionsAt,
): Promise<(token: Token) => string> {
  const answers = new Map<string, string>();
  const domain = once(async () => ("domain" in at ? at.domain : await functionsDomain(twilio, at)));
  const workspace = once(() => findWorkspace(twilio));
  for (const token of tokens) {
    answers.set(`${token.kind}:${token.name}`, await resolve(twilio, token, { domain, workspace }));
  }
  return ({ kind, name }) => answers.get(`${kind}:${name}`) ?? "";
}

interface Lookups {
  domain(): Promise<string>;
  workspace(): Promise<string>;
}

async function resolve(twilio: Twilio, { kind, name }: Token, { domain, workspace }: Lookups): Promise<string> {
  switch (kind) {
    case "function":
      return `https://${await domain()}/${name}`;
    case "workflow": {
      const rows = await twilio.taskrouter.v1.workspaces(await workspace()).workflows.list();
      return pick("Workflow", name, rows, (row) => row.friendlyName);
    }
    case "task-channel": {
      const rows = await twilio.taskrouter.v1.workspaces(await workspace()).taskChannels.list();
      return pick("Task Channel", name, rows, (row) => row.uniqueName);
    }
    case "flow":
      return pick("Flow", name, await twilio.studio.v2.flows.list(), (row) => row.friendlyName);
  }
}

export async function findWorkspace(twilio: Twilio): Promise<string> {
  const rows = await twilio.taskrouter.v1.workspaces.list();
  return pick("workspace", WORKSPACE_NAME, rows, (row) => row.friendlyName);
}

export async function findWorkflow(twilio: Twilio, workspaceSid: string, name: string): Promise<string> {
  const rows = await twilio.taskrouter.v1.workspaces(workspaceSid).workflows.list();
  return pick("Workflow", name, rows, (row) => row.friendlyName);
}

/** The host of this bundle's Functions in an account. */
export async function functionsDomain(twilio: Twilio, names: DeploymentNames): Promise<string> {
  return (await findEnvironment(twilio, names)).domainName;
}

/** Where this bundle's Functions run in an account. */
export async function findEnvironment(twilio: Twilio, { serviceName, environment: suffix }: DeploymentNames) {
  const services = await twilio.serverless.v1.services.list();
  const service = services.find(({ uniqueName }) => uniqueName === serviceName);
  if (!service) {
    throw new UnresolvedNameError(
      `This account has no Functions service "${serviceName}". Deploy it first (npm run deploy), or give its host with --domain.`,
    );
  }
  const environments = await twilio.serverless.v1.services(service.sid).environments.list();
  const environment = environments.find(({ domainSuffix }) => domainSuffix === suffix);
  if (environment) return environment;
  throw new UnresolvedNameError(`The service "${serviceName}" has no environment "${suffix}".`);
}

function pick<Row extends { sid: string }>(
  what: string,
  name: string,
  rows: Row[],
  nameOf: (row: Row) => string,
): string {
  const found = rows.filter((row) => nameOf(row) === name);
  const [only] = found;
  if (only && found.length === 1) return only.sid;
  const names = rows.map(nameOf).join(", ") || "none";
  throw new UnresolvedNameError(
    found.length === 0
      ? `There is no ${what} "${name}" in this account. There is: ${names}.`
      : `There are ${found.length} of ${what} "${name}" in this account; names must be unique.`,
  );
}

function once<Result>(look: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => {
    result ??= look();
    return result;
  };
}
