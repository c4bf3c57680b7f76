import type { ListedConversation } from "../../twilio/pages";
import { listHooks } from "../../twilio/scoped-webhooks";
import type { Desk } from "../desk";
import { isAlive } from "../state";
import { readState } from "../state-store";
import { isOurs, watchOver } from "../watch-over";
import { type Case, type Check, type Finding, isSettled } from "./check";
import { deadClaim } from "./dead-claim";
import { lostFlow } from "./lost-flow";
import { lostTask } from "./lost-task";
import { noWatchdog } from "./no-watchdog";
import { notRelayed } from "./not-relayed";
import { leftAlone, parkedUnanswered } from "./put-aside";
import { flowHook, messageHook, relayHook } from "./stray-hooks";
import { closedUnheard, endedAlive, stillClosing } from "./unfinished-end";

/** Each finds what it finds, whatever else is wrong. */
const ALWAYS: readonly Check[] = [flowHook, messageHook, relayHook, notRelayed];

/** Who has the customer: the first that finds something is right, since its repair changes what the others look at. */
const RESPONSIBLE: readonly Check[] = [
  endedAlive,
  stillClosing,
  deadClaim,
  lostFlow,
  lostTask,
  parkedUnanswered,
  leftAlone,
  noWatchdog,
];

/**
 * What is wrong with one Conversation. Costs two calls (Document, hooks) and one to three more where somebody is said to
 * have the customer; a closed one costs one, and one more where an agent had them. On a channel of ours the Messages are
 * one more, and so is each that bears no mark.
 */
export async function inspect(desk: Desk, conversation: ListedConversation): Promise<Finding[]> {
  if (!isSettled(desk, conversation.createdAt)) return [];
  const isClosed = conversation.state === "closed";
  const [known, hooks] = await Promise.all([
    readState(desk.twilio, conversation.sid),
    isClosed ? [] : listHooks(desk.twilio, conversation.sid),
  ]);
  if (!known) {
    if (isClosed || !(await isOurs(desk, conversation, hooks))) return [];
    return [{ problem: "no-document", action: "adopt", repair: () => watchOver(desk, conversation.sid) }];
  }
  if (isAlive(known.document, desk.now())) return [];
  const one = { desk, conversation, known, hooks };
  if (isClosed) return allOf([closedUnheard, notRelayed], one);
  return [...(await allOf(ALWAYS, one)), ...(await firstOf(RESPONSIBLE, one))];
}

async function allOf(checks: readonly Check[], one: Case): Promise<Finding[]> {
  const about = await Promise.all(checks.map((check) => check(one)));
  return about.filter((finding) => finding !== undefined);
}

async function firstOf(checks: readonly Check[], one: Case): Promise<Finding[]> {
  for (const check of checks) {
    const finding = await check(one);
    if (finding) return [finding];
  }
  return [];
}
