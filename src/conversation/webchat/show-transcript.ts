import { TRANSCRIPT_PAGE } from "../../config/web-chat";
import { messagePage, type ShownMessage } from "../../twilio/message-page";
import type { PagePosition } from "../../twilio/pages";
import { readHorizons } from "../../twilio/read-horizons";
import { userName } from "../../twilio/users";
import type { Desk } from "../desk";
import type { Guest } from "./find-guest";

/** A Message as its guest sees it: who else wrote it is told by a name, and by no SID or identity. */
interface Line {
  index: number;
  /** ISO 8601. */
  at: string;
  from: "guest" | "agent" | "bot";
  /** An agent's display name; empty where there is none. */
  name: string;
  body: string;
  media: ShownMessage["media"];
  /** By whom it is for: the guest's by somebody who is in the chat with them, all others by the guest. */
  read: boolean;
}

export interface Transcript extends Record<string, unknown> {
  /** Newest first. */
  messages: Line[];
  /** Under this the page before is had; missing on the last. */
  older?: string;
}

/** One page of a guest's own Conversation; `older` is what the page before said. */
export async function showTranscript(desk: Desk, guest: Guest, older?: PagePosition): Promise<Transcript> {
  const { conversationSid, identity } = guest;
  const wanted = { pageSize: TRANSCRIPT_PAGE, ...(older ? { at: older } : {}) };
  const [{ rows: messages, next }, horizons] = await Promise.all([
    messagePage(desk.twilio, conversationSid, wanted),
    readHorizons(desk.twilio, conversationSid),
  ]);
  const names = await namesOf(desk, new Set(messages.map(({ author }) => author).filter((one) => one !== identity)));
  const lines = messages.map(({ index, at, author, body, media }): Line => {
    const name = names.get(author);
    const from = author === identity ? "guest" : name === undefined ? "bot" : "agent";
    const read = horizons.some((one) => one.index >= index && (one.identity === identity) !== (author === identity));
    return { index, at: at.toISOString(), from, name: name ?? "", body, media, read };
  });
  return { messages: lines, ...(next ? { older: `${next.page}.${next.token}` } : {}) };
}

/** Where a page goes on, as the one before said; undefined for what none has said. */
export function parseOlder(text: string): PagePosition | undefined {
  const [, page, token] = /^(\d{1,6})\.([\w.~=+/-]{1,256})$/.exec(text) ?? [];
  return page === undefined || token === undefined ? undefined : { page: Number(page), token };
}

/** More than have a part in one chat; whoever is beyond goes unnamed. */
const MOST_NAMES = 10;

/** Display names of those who are chat Users: agents. What a Flow or we ourselves say has no User. */
async function namesOf(desk: Desk, authors: Set<string>): Promise<Map<string, string>> {
  const asked = [...authors].filter((author) => author !== "system").slice(0, MOST_NAMES);
  const found = await Promise.all(
    asked.map(async (author): Promise<[string, string][]> => {
      const name = await userName(desk.twilio, author);
      return name === undefined ? [] : [[author, name === author ? "" : name]];
    }),
  );
  return new Map(found.flat());
}
