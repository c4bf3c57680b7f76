import { channelOfAddress } from "../../channels/addresses";
import { channelStatus } from "../../twilio/interactions";
import { newestMessages } from "../../twilio/messages";
import { cancelTask, findTask, type KnownTask } from "../../twilio/taskrouter";
import { claimOf } from "../claim-routing";
import { followTask } from "../follow-task";
import { rewindWatchdog, routeAgain } from "../route-again";
import { sidsOf } from "../state";
import { happen, readState } from "../state-store";
import { routingOf, watchOver } from "../watch-over";
import { type Case, type Check, type Finding, isSettled } from "./check";

type Looked = [taskSid: string, task: KnownTask | undefined];

/** Of more Tasks than that no Conversation has heard. */
const MOST_TASKS = 5;

/** An agent or a queue has the customer, as the Document says: there is an open Task, on a channel that lives. */
export const lostTask: Check = async (one) => {
  const { desk, known } = one;
  const { state, tasks, taskSid, interactionSid, channelSid } = known.document;
  if (state !== "open") return undefined;
  const sids = [...new Set([...tasks, ...(taskSid ? [taskSid] : [])])].slice(-MOST_TASKS);
  const [status, looked] = await Promise.all([
    interactionSid && channelSid ? channelStatus(desk.twilio, interactionSid, channelSid) : "gone",
    Promise.all(
      sids.map(async (sid): Promise<Looked> => [sid, await findTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, sid)]),
    ),
  ]);
  if (looked.some(([, task]) => !isSettled(desk, task?.updatedAt))) return undefined;
  const open = looked.filter(([, task]) => task?.isOpen);
  if (open.length === 0) return { problem: "no-task", action: "follow-task", repair: () => hearOf(one, looked) };
  if (status === "failed" || status === "gone")
    return startAnew(
      one,
      open.map(([sid]) => sid),
    );
  if (status === "closed") return { problem: "no-channel", action: "follow-task", repair: () => hearOf(one, open) };
  return undefined;
};

/** Lets the events happen that nobody heard. */
async function hearOf(one: Case, looked: Looked[]): Promise<void> {
  const { desk, conversation, known } = one;
  const sids = sidsOf(known.document);
  const heard = new Set<string>();
  for (const [taskSid, task] of looked) {
    heard.add(taskSid);
    if (!sids) continue;
    const { type, status } = eventOf(task);
    const at = task?.updatedAt ?? (await lastAnswerAt(one));
    const attributes = { customerAddress: (await routingFor(one))?.address ?? "" };
    await followTask(desk, {
      ...sids,
      taskSid,
      type,
      status,
      at,
      attributes,
      conversationSid: conversation.sid,
    });
  }
  const now = await readState(desk.twilio, conversation.sid);
  const isStuck = now?.document.state === "open" && now.document.tasks.every((taskSid) => heard.has(taskSid));
  if (isStuck) await watchOver(desk, conversation.sid);
}

/** Of a Task that is deleted nothing tells how it ended; its channel tells what is to be done. */
function eventOf(task: KnownTask | undefined) {
  if (task?.status === "canceled") return { type: "task.canceled", status: "canceled" };
  return task?.isOpen ? { type: "task.wrapup", status: task.status } : { type: "task.completed", status: "completed" };
}

const LOOKED_AT = 50;

/** When an agent, or a bot, spoke last: nobody has seen what the customer wrote since. */
async function lastAnswerAt({ desk, conversation }: Case): Promise<Date> {
  const messages = await newestMessages(desk.twilio, conversation.sid, LOOKED_AT);
  return messages.findLast(({ author }) => !channelOfAddress(author))?.createdAt ?? conversation.createdAt;
}

const routingFor = async ({ desk, conversation, known }: Case) =>
  known.document.routing ?? (await routingOf(desk, conversation.sid));

/** Nothing can be said on a dead channel: its Tasks end, and the customer gets a new Interaction. */
function startAnew(one: Case, taskSids: string[]): Finding {
  const { desk, conversation, known } = one;
  const { sid } = conversation;
  const repair = async () => {
    const sids = sidsOf(known.document);
    const routing = await routingFor(one);
    if (!sids || !routing) return;
    const claimed = { type: "taskLost" as const, sids, ...claimOf(desk, `sweep.${sid}`) };
    const claim = await happen(desk.twilio, sid, (now) => (now === known.document ? claimed : undefined), known);
    if (!claim) return;
    const reason = "Its channel is gone";
    for (const taskSid of taskSids) await cancelTask(desk.twilio, desk.env.FLEX_WORKSPACE_SID, taskSid, reason);
    await rewindWatchdog(desk, sid, routing);
    await routeAgain(desk, sid, claim, routing, `sweep.${sid}`);
  };
  return { problem: "dead-channel", action: "cancel-task-and-route", repair };
}
