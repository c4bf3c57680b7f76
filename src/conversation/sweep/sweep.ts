import {
  type ListedConversation,
  type ListedTask,
  pageOfConversations,
  pageOfTasks,
  readListed,
} from "../../twilio/pages";
import { findTask } from "../../twilio/taskrouter";
import type { Desk } from "../desk";
import type { Finding } from "./check";
import { type Cursor, FIRST, SOURCES } from "./cursor";
import { inspect } from "./sweep-conversation";
import { conversationOf, inspectTask } from "./sweep-task";

export interface SweepOptions {
  /** Repairs what it finds; else it only tells. */
  fix: boolean;
  /** How far back closed Conversations are looked at. */
  hours: number;
  cursor?: Cursor;
}

export interface Found {
  conversationSid: string;
  problem: string;
  action: string;
  /** Repaired, and looked at again. */
  done: boolean;
}

export interface Swept {
  /** Where the next call goes on; undefined when all has been looked at. */
  cursor?: Cursor;
  /** Conversations and open Tasks looked at. */
  checked: number;
  found: Found[];
}

/** Rows that Twilio is asked for at a time, and looked at together. */
const PAGE_SIZE = 20;
const TOGETHER = 5;
/** Left for the repairs of one Conversation, and to look at it again. */
const NEEDED_MS = 4_000;
/** No Conversation that closes lately was created before. */
const OLDEST_DAYS = 14;

/**
 * Looks at the next page of whatever is live (active and inactive Conversations, then those closed lately, then open
 * Tasks), as far as the deadline allows. What closed before costs nothing, however much of it there is.
 */
export async function sweepPage(desk: Desk, { fix, hours, cursor = FIRST }: SweepOptions): Promise<Swept> {
  const { items, next } = await readPage(desk, cursor, hours);
  const found: Found[] = [];
  for (let at = cursor.skip; at < items.length; at += TOGETHER) {
    if (at > cursor.skip && desk.deadline.remainingMs() < NEEDED_MS) {
      return { cursor: { ...cursor, skip: at }, checked: at - cursor.skip, found };
    }
    const looked = await Promise.all(items.slice(at, at + TOGETHER).map((item) => look(desk, item, fix)));
    found.push(...looked.flat());
  }
  return { ...(next ? { cursor: next } : {}), checked: Math.max(0, items.length - cursor.skip), found };
}

/** One thing to look at, and to look at again as it is then. */
interface Item {
  conversationSid: string;
  inspect(): Promise<Finding[]>;
  again(): Promise<Finding[]>;
}

async function readPage(desk: Desk, cursor: Cursor, hours: number): Promise<{ items: Item[]; next?: Cursor }> {
  const { source, at } = cursor;
  const wanted = { pageSize: PAGE_SIZE, at };
  const { rows, next } =
    source === "tasks"
      ? await pageOfTasks(desk.twilio, desk.env.FLEX_WORKSPACE_SID, wanted)
      : await pageOfConversations(desk.twilio, {
          ...wanted,
          state: source,
          ...(source === "closed" ? createdLately(desk) : {}),
        });
  const items = rows.flatMap((row) => ("attributes" in row ? taskItem(desk, row) : conversationItem(desk, row, hours)));
  if (next) return { items, next: { source, skip: 0, at: next } };
  const following = SOURCES[SOURCES.indexOf(source) + 1];
  return { items, ...(following ? { next: { source: following, skip: 0 } } : {}) };
}

const createdLately = ({ now }: Desk) => ({ since: new Date(now().getTime() - OLDEST_DAYS * 86_400_000) });

function conversationItem(desk: Desk, row: ListedConversation, hours: number): Item[] {
  const isPast = row.state === "closed" && desk.now().getTime() - row.updatedAt.getTime() > hours * 3_600_000;
  if (isPast) return [];
  const { sid } = row;
  const again = async () => inspect(desk, await readListed(desk.twilio, sid));
  return [{ conversationSid: sid, inspect: () => inspect(desk, row), again }];
}

function taskItem(desk: Desk, row: ListedTask): Item[] {
  const conversationSid = conversationOf(row);
  if (!conversationSid) return [];
  const again = async () => {
    const task = await findTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, row.sid);
    return task?.isOpen ? inspectTask(desk, row) : [];
  };
  return [{ conversationSid, inspect: () => inspectTask(desk, row), again }];
}

/** One that cannot be looked at, or repaired, must not keep the others from it. */
async function look(desk: Desk, { conversationSid, inspect, again }: Item, fix: boolean): Promise<Found[]> {
  try {
    const findings = await inspect();
    const tell = ({ problem, action }: Finding) => ({ conversationSid, problem, action });
    if (!fix) return findings.map((finding) => ({ ...tell(finding), done: false }));
    for (const { repair } of findings) await repair?.();
    const left = findings.length > 0 ? await again() : [];
    return findings.map((finding) => {
      const done = finding.repair !== undefined && !left.some(({ problem }) => problem === finding.problem);
      desk.log.info("swept", { ...tell(finding), done });
      return { ...tell(finding), done };
    });
  } catch {
    desk.log.error("sweep_failed", { conversationSid });
    return [{ conversationSid, problem: "failed", action: "report", done: false }];
  }
}
