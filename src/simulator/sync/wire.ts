import type { DocumentRow, SyncServiceRow } from "./documents";

const HOST = "https://sync.twilio.com";

export function renderDocument(row: DocumentRow, service: SyncServiceRow, accountSid: string) {
  const url = `${HOST}/v1/Services/${service.sid}/Documents/${row.sid}`;
  return {
    sid: row.sid,
    unique_name: row.uniqueName,
    account_sid: accountSid,
    service_sid: service.sid,
    url,
    links: { permissions: `${url}/Permissions` },
    revision: String(row.revision),
    data: row.data,
    date_expires: row.expiresAt && isoDate(row.expiresAt),
    date_created: isoDate(row.createdAt),
    date_updated: isoDate(row.updatedAt),
    // https://www.twilio.com/docs/sync/api/document-resource: who writes by REST is `system`.
    created_by: "system",
  };
}

export function renderService({ sid, createdAt }: SyncServiceRow, accountSid: string) {
  const url = `${HOST}/v1/Services/${sid}`;
  return {
    sid,
    // The default service's two names are unverified.
    unique_name: "default",
    friendly_name: "Default Service",
    account_sid: accountSid,
    date_created: isoDate(createdAt),
    date_updated: isoDate(createdAt),
    url,
    webhook_url: null,
    webhooks_from_rest_enabled: false,
    reachability_webhooks_enabled: false,
    acl_enabled: false,
    reachability_debouncing_enabled: false,
    reachability_debouncing_window: 5000,
    links: {
      documents: `${url}/Documents`,
      lists: `${url}/Lists`,
      maps: `${url}/Maps`,
      streams: `${url}/Streams`,
    },
  };
}

function isoDate(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
