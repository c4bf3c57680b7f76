import type { ApprovalRow, ContentRow } from "./rows";

const ROOT = "https://content.twilio.com/v1";
const date = (value: Date) => `${value.toISOString().slice(0, 19)}Z`;

/** The JSON of Twilio's Content resources: only here are its wire names written. */
export function contentWire(accountSid: string) {
  const template = (row: ContentRow) => ({
    sid: row.sid,
    account_sid: accountSid,
    friendly_name: row.friendlyName,
    language: row.language,
    variables: row.variables,
    types: row.types,
    date_created: date(row.createdAt),
    date_updated: date(row.updatedAt),
  });
  const urlOf = ({ sid }: ContentRow) => `${ROOT}/Content/${sid}`;
  return {
    content: (row: ContentRow) => ({
      ...template(row),
      url: urlOf(row),
      links: {
        approval_create: `${urlOf(row)}/ApprovalRequests/whatsapp`,
        approval_fetch: `${urlOf(row)}/ApprovalRequests`,
      },
    }),
    // What stands here for a template that was never submitted is unverified.
    contentAndApprovals: (row: ContentRow) => ({
      ...template(row),
      approval_requests: row.approval && approval(row.approval),
    }),
    approvals: (row: ContentRow) => ({
      sid: row.sid,
      account_sid: accountSid,
      whatsapp: row.approval && { type: "whatsapp", ...approval(row.approval) },
      url: `${urlOf(row)}/ApprovalRequests`,
    }),
  };
}

function approval(row: ApprovalRow) {
  return {
    name: row.name,
    category: row.category,
    content_type: row.contentType,
    status: row.status,
    rejection_reason: row.rejectionReason,
    allow_category_change: true,
  };
}
