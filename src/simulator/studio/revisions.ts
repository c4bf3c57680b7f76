import type { FlowRow, RevisionRow } from "./rows";

export function latestRevision({ sid, revisions }: FlowRow): RevisionRow {
  const latest = revisions.at(-1);
  if (!latest) throw new Error(`Flow ${sid} has no Revision`);
  return latest;
}

/** What customers get: a newer draft is for test users only. */
export function publishedRevision({ revisions }: FlowRow): RevisionRow | undefined {
  return revisions.findLast(({ status }) => status === "published");
}

/** Test users get the newest draft: https://www.twilio.com/docs/studio/rest-api/v2/test-user */
export function revisionFor(flow: FlowRow, contactAddress: string): RevisionRow | undefined {
  return flow.testUsers.includes(contactAddress) ? latestRevision(flow) : publishedRevision(flow);
}

/** By number or by one of Twilio's words; the console writes `LatestDraft` where REST says `LatestRevision`. */
export function revisionNamed(flow: FlowRow, name: string): RevisionRow | undefined {
  if (name === "LatestPublished") return publishedRevision(flow);
  if (name === "LatestRevision" || name === "LatestDraft") return latestRevision(flow);
  return flow.revisions.find(({ revision }) => String(revision) === name);
}
