import type { EnvironmentRow, ServiceRow } from "./rows";

const HOST = "https://serverless.twilio.com";

export function renderService(row: ServiceRow, accountSid: string) {
  const url = `${HOST}/v1/Services/${row.sid}`;
  return {
    sid: row.sid,
    account_sid: accountSid,
    friendly_name: row.friendlyName,
    unique_name: row.uniqueName,
    include_credentials: true,
    ui_editable: false,
    domain_base: row.domainBase,
    date_created: isoDate(row.createdAt),
    date_updated: isoDate(row.updatedAt),
    url,
    links: {
      environments: `${url}/Environments`,
      functions: `${url}/Functions`,
      assets: `${url}/Assets`,
      builds: `${url}/Builds`,
    },
  };
}

export function renderEnvironment(row: EnvironmentRow, accountSid: string) {
  const url = `${HOST}/v1/Services/${row.serviceSid}/Environments/${row.sid}`;
  return {
    sid: row.sid,
    account_sid: accountSid,
    service_sid: row.serviceSid,
    build_sid: row.buildSid,
    unique_name: row.uniqueName,
    domain_suffix: row.domainSuffix,
    domain_name: row.domainName,
    date_created: isoDate(row.createdAt),
    date_updated: isoDate(row.updatedAt),
    url,
    links: { variables: `${url}/Variables`, deployments: `${url}/Deployments`, logs: `${url}/Logs` },
  };
}

function isoDate(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
