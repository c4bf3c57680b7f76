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
import { leftAlone, parkedUnanswered } from "./put-aside";
import { flowHook, messageHook } from "./stray-hooks";
import { closedUnheard, endedAlive, stillClosing } from "./unfinished-end";

/** Each finds what it finds, whatever else is wrong. */
const HOOKS: readonly Check[] = [flowHook, messageHook];

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

const CLOSED: readonly Check[] = [closedUnheard];

/**
 * What is wrong with one Conversation. Costs two calls (Document, hooks) and one to three more where somebody is said to
 * have the customer; a closed one costs one, and one more where an agent had them.
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
  if (isClosed) return firstOf(CLOSED, one);
  const about = await Promise.all(HOOKS.map((check) => check(one)));
  return [...about.filter((finding) => finding !== undefined), ...(await firstOf(RESPONSIBLE, one))];
}

async function firstOf(checks: readonly Check[], one: Case): Promise<Finding[]> {
  for (const check of checks) {
    const finding = await check(one);
    if (finding) return [finding];
  }
  return [];
}
