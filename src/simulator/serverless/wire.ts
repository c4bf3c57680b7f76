import type {
  BuildRow,
  DeploymentRow,
  EnvironmentRow,
  LogRow,
  ResourceRow,
  ServiceRow,
  VariableRow,
  VersionRow,
} from "./rows";

export const HOST = "serverless.twilio.com";
const SERVICES = `https://${HOST}/v1/Services`;

/** The rows in Twilio's own words. */
export function serverlessWire(accountSid: string) {
  const common = (row: { sid: string }) => ({ sid: row.sid, account_sid: accountSid });
  const dates = (row: { createdAt: Date; updatedAt: Date }) => ({
    date_created: isoDate(row.createdAt),
    date_updated: isoDate(row.updatedAt),
  });
  const inService = (row: { sid: string; serviceSid: string }) => ({ ...common(row), service_sid: row.serviceSid });
  const inEnvironment = (row: { sid: string; serviceSid: string; environmentSid: string }) => ({
    ...inService(row),
    environment_sid: row.environmentSid,
  });

  return {
    service(row: ServiceRow) {
      const url = `${SERVICES}/${row.sid}`;
      return {
        ...common(row),
        friendly_name: row.friendlyName,
        unique_name: row.uniqueName,
        include_credentials: row.includeCredentials,
        ui_editable: row.uiEditable,
        domain_base: row.domainBase,
        ...dates(row),
        url,
        links: {
          environments: `${url}/Environments`,
          functions: `${url}/Functions`,
          assets: `${url}/Assets`,
          builds: `${url}/Builds`,
        },
      };
    },
    environment(row: EnvironmentRow) {
      const url = `${SERVICES}/${row.serviceSid}/Environments/${row.sid}`;
      return {
        ...inService(row),
        build_sid: row.buildSid,
        unique_name: row.uniqueName,
        domain_suffix: row.domainSuffix,
        domain_name: row.domainName,
        ...dates(row),
        url,
        links: { variables: `${url}/Variables`, deployments: `${url}/Deployments`, logs: `${url}/Logs` },
      };
    },
    variable(row: VariableRow, { serviceSid }: EnvironmentRow) {
      return {
        ...inEnvironment({ ...row, serviceSid }),
        key: row.key,
        value: row.value,
        ...dates(row),
        url: `${SERVICES}/${serviceSid}/Environments/${row.environmentSid}/Variables/${row.sid}`,
      };
    },
    resource(row: ResourceRow) {
      const url = `${SERVICES}/${row.serviceSid}/${collectionOf(row)}/${row.sid}`;
      return {
        ...inService(row),
        friendly_name: row.friendlyName,
        ...dates(row),
        url,
        links: { [`${row.kind}_versions`]: `${url}/Versions` },
      };
    },
    version(row: VersionRow) {
      const url = versionUrl(row);
      const content = row.kind === "function" ? { links: { function_version_content: `${url}/Content` } } : {};
      return { ...inBuild(row), url, ...content };
    },
    content(row: VersionRow) {
      return {
        ...inService(row),
        function_sid: row.resourceSid,
        content: row.content.toString(),
        url: `${versionUrl(row)}/Content`,
      };
    },
    build(row: BuildRow, status: string, functions: VersionRow[], assets: VersionRow[]) {
      const url = buildUrl(row);
      return {
        ...inService(row),
        status,
        function_versions: functions.map(inBuild),
        asset_versions: assets.map(inBuild),
        dependencies: row.dependencies,
        runtime: row.runtime,
        ...dates({ createdAt: row.createdAt, updatedAt: status === "building" ? row.createdAt : row.doneAt }),
        url,
        links: { build_status: `${url}/Status` },
      };
    },
    buildStatus: (row: BuildRow, status: string) => ({ ...inService(row), status, url: `${buildUrl(row)}/Status` }),
    deployment(row: DeploymentRow) {
      return {
        ...inEnvironment(row),
        build_sid: row.buildSid,
        ...dates({ ...row, updatedAt: row.createdAt }),
        url: `${SERVICES}/${row.serviceSid}/Environments/${row.environmentSid}/Deployments/${row.sid}`,
      };
    },
    log(row: LogRow) {
      return {
        ...inEnvironment(row),
        build_sid: row.buildSid,
        deployment_sid: row.deploymentSid,
        function_sid: row.functionSid,
        request_sid: row.requestSid,
        level: row.level,
        message: row.message,
        date_created: isoDate(row.createdAt),
        url: `${SERVICES}/${row.serviceSid}/Environments/${row.environmentSid}/Logs/${row.sid}`,
      };
    },
  };

  /** A Version as a Build lists it, without its addresses. */
  function inBuild(row: VersionRow) {
    return {
      ...inService(row),
      [`${row.kind}_sid`]: row.resourceSid,
      path: row.path,
      visibility: row.visibility,
      date_created: isoDate(row.createdAt),
    };
  }
}

export type Wire = ReturnType<typeof serverlessWire>;

const collectionOf = ({ kind }: { kind: VersionRow["kind"] }) => (kind === "function" ? "Functions" : "Assets");

const versionUrl = (row: VersionRow) =>
  `${SERVICES}/${row.serviceSid}/${collectionOf(row)}/${row.resourceSid}/Versions/${row.sid}`;

const buildUrl = (row: BuildRow) => `${SERVICES}/${row.serviceSid}/Builds/${row.sid}`;

function isoDate(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
