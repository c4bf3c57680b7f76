import type { ConversationInstance } from "twilio/lib/rest/conversations/v1/conversation";
import type { TwilioClient } from "../runtime/twilio-client";
import { readAttributes } from "./conversations";

/** Where a list goes on, as Twilio told on the page before. */
export interface PagePosition {
  page: number;
  token: string;
}

export interface Page<Row> {
  rows: Row[];
  next?: PagePosition;
}

export interface ListedConversation {
  sid: string;
  state: string;
  uniqueName: string;
  createdAt: Date;
  updatedAt: Date;
  /** When its inactive timer rings; undefined when none is running. */
  inactiveAt?: Date;
}

interface Wanted {
  pageSize: number;
  at?: PagePosition;
}

/** Conversations in a state, those created since a day first. Filtered by Twilio: what is past costs nothing. */
export async function pageOfConversations(
  twilio: TwilioClient,
  { state, since, pageSize, at }: Wanted & { state: "active" | "inactive" | "closed"; since?: Date },
): Promise<Page<ListedConversation>> {
  const found = await twilio.conversations.v1.conversations.page({
    state,
    ...(since ? { startDate: `${since.toISOString().slice(0, 10)}T00:00:00Z` } : {}),
    pageSize,
    ...positionOf(at),
  });
  return { rows: found.instances.map(listed), ...nextOf(found.nextPageUrl) };
}

/** One of them, as it is now. */
export async function readListed(twilio: TwilioClient, sid: string): Promise<ListedConversation> {
  return listed(await twilio.conversations.v1.conversations(sid).fetch());
}

function listed({
  sid,
  state,
  uniqueName,
  dateCreated,
  dateUpdated,
  timers,
}: ConversationInstance): ListedConversation {
  const rings: unknown = timers?.date_inactive;
  const inactiveAt = typeof rings === "string" ? { inactiveAt: new Date(rings) } : {};
  return { sid, state, uniqueName: uniqueName ?? "", createdAt: dateCreated, updatedAt: dateUpdated, ...inactiveAt };
}

export interface ListedTask {
  sid: string;
  status: string;
  updatedAt: Date;
  attributes: Record<string, unknown>;
}

/** Tasks that wait for an agent or have one, of whatever origin. */
export async function pageOfTasks(
  twilio: TwilioClient,
  workspaceSid: string,
  { pageSize, at }: Wanted,
): Promise<Page<ListedTask>> {
  const found = await twilio.taskrouter.v1
    .workspaces(workspaceSid)
    .tasks.page({ assignmentStatus: ["pending", "reserved", "assigned"], pageSize, ...positionOf(at) });
  const rows = found.instances.map(({ sid, assignmentStatus: status, dateUpdated: updatedAt, attributes }) => ({
    sid,
    status,
    updatedAt,
    attributes: readAttributes(attributes),
  }));
  return { rows, ...nextOf(found.nextPageUrl) };
}

export const positionOf = (at: PagePosition | undefined) => (at ? { pageNumber: at.page, pageToken: at.token } : {});

export function nextOf(url: string | undefined): { next?: PagePosition } {
  if (!url) return {};
  const query = new URL(url).searchParams;
  return { next: { page: Number(query.get("Page") ?? 0), token: query.get("PageToken") ?? "" } };
}
