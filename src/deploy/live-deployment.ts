import type { Twilio } from "twilio";
import { type Bundle, hashOf, type Uploaded } from "./bundle";
import type { DeploymentNames } from "./deployment-settings";
import { type LiveVariable, listVariables } from "./live-variables";

/** What an account has under our service's name. */
export interface LiveService {
  sid: string;
  /** The environment of that suffix, if there is one. */
  environment?: LiveEnvironment;
  /** Paths that are in use here: what runs, or, where nothing does yet, what was created. */
  paths: string[];
}

export interface LiveEnvironment {
  sid: string;
  domain: string;
  variables: LiveVariable[];
  build?: Bundle & { sid: string };
}

type ServiceContext = ReturnType<Twilio["serverless"]["v1"]["services"]>;
type EnvironmentRow = Awaited<ReturnType<ServiceContext["environments"]["list"]>>[number];

/** Nothing when the account has no service of that name. */
export async function readLiveService(twilio: Twilio, names: DeploymentNames): Promise<LiveService | undefined> {
  const rows = await twilio.serverless.v1.services.list();
  const row = rows.find(({ uniqueName }) => uniqueName === names.serviceName);
  if (!row) return undefined;
  const service = twilio.serverless.v1.services(row.sid);
  const environments = await service.environments.list();
  const target = environments.find(({ domainSuffix }) => domainSuffix === names.environment);
  const environment = target && (await readEnvironment(twilio, service, target));
  const paths = environment?.build
    ? environment.build.uploads.map(({ path }) => path)
    : await pathsOf(service, environments);
  return { sid: row.sid, ...(environment ? { environment } : {}), paths };
}

async function readEnvironment(twilio: Twilio, service: ServiceContext, row: EnvironmentRow): Promise<LiveEnvironment> {
  const variables = await listVariables(twilio, { serviceSid: row.serviceSid, environmentSid: row.sid });
  const build = row.buildSid ? await readBuild(service, row.buildSid, row.domainName) : undefined;
  return {
    sid: row.sid,
    domain: row.domainName,
    variables,
    ...(build ? { build } : {}),
  };
}

async function readBuild(service: ServiceContext, sid: string, domain: string) {
  const build = await service.builds(sid).fetch();
  const uploads = await Promise.all([
    ...versionsIn(build.functionVersions).map((version) => readFunction(service, version)),
    ...versionsIn(build.assetVersions).map((version) => readAsset(version, domain)),
  ]);
  const dependencies: { name: string; version: string }[] = build.dependencies ?? [];
  return {
    sid,
    uploads,
    dependencies: Object.fromEntries(dependencies.map(({ name, version }) => [name, version])),
    runtime: build.runtime,
  };
}

/** https://www.twilio.com/docs/serverless/api/resource/build; the SDK hands these lists through as they come. */
interface Version {
  sid: string;
  path: string;
  visibility: string;
  function_sid?: string;
}

const versionsIn = (list: unknown): Version[] => (Array.isArray(list) ? list : []);

async function readFunction(service: ServiceContext, version: Version): Promise<Uploaded> {
  const { sid, path, visibility, function_sid: functionSid = "" } = version;
  const { content } = await service.functions(functionSid).functionVersions(sid).functionVersionContent().fetch();
  return { kind: "function", path, access: visibility, hash: hashOf(content) };
}

/** The API does not give an Asset's content back; a public one can be read where it is published. */
async function readAsset({ path, visibility }: Version, domain: string): Promise<Uploaded> {
  const asset: Uploaded = { kind: "asset", path, access: visibility };
  if (visibility !== "public") return asset;
  const response = await fetch(`https://${domain}${path}`);
  return response.ok ? { ...asset, hash: hashOf(Buffer.from(await response.arrayBuffer())) } : asset;
}

async function pathsOf(service: ServiceContext, environments: EnvironmentRow[]): Promise<string[]> {
  const builds = await Promise.all(
    environments.flatMap(({ buildSid }) => (buildSid ? [service.builds(buildSid).fetch()] : [])),
  );
  if (builds.length > 0) {
    return builds.flatMap((build) =>
      [...versionsIn(build.functionVersions), ...versionsIn(build.assetVersions)].map(({ path }) => path),
    );
  }
  const created = [...(await service.functions.list()), ...(await service.assets.list())];
  return created.map(({ friendlyName }) => friendlyName);
}
