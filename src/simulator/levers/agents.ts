import { type SentFile, takeFiles } from "../conversations/inbound-media";
import { beforeMessage } from "../conversations/pre-events";
import { readToEnd } from "../conversations/read-horizon";
import type { NewMessage } from "../conversations/rows";
import { identityOf } from "../interactions/join-agents";
import { ApiError } from "../server/api-error";
import type { ReservationRow, TaskRow } from "../taskrouter/rows";
import type { World } from "../world";
import { endPart, transfer } from "./transfer";

/** What an agent does at their desk in Flex. Without a Task SID the newest fitting work item is meant. */
export interface AgentLevers {
  accept(taskSid?: string): ReservationRow;
  reject(taskSid?: string): ReservationRow;
  /** Writes into the Conversation of an accepted Task, as Flex's client SDK does. */
  reply(body: string, taskSid?: string, media?: readonly SentFile[]): Promise<{ messageSid: string }>;
  /** Has the Conversation of an accepted Task in sight: their read horizon moves to its end. Answers how many were new. */
  read(taskSid?: string): number;
  /** Ends the chat: the channel closes, the Task wraps up. */
  wrapUp(taskSid?: string): TaskRow;
  complete(taskSid?: string): TaskRow;
  /** Leave in Flex: the Conversation stays open, and the channel inactive until the customer writes. */
  leave(taskSid?: string): TaskRow;
  /** Transfer in Flex, to a queue or a worker by name or SID; answers the Task that was made for it. */
  transfer(to: string, taskSid?: string): TaskRow;
  /** Complete in Flex on a Task under way: the agent's part ends, the channel goes on without anybody. */
  finish(taskSid?: string): TaskRow;
  setActivity(name: string): void;
  /** A Flex token, as the Flex UI hands it to plugins. */
  token(): string;
}

export function agentLevers(world: World, name: string): AgentLevers {
  const { taskrouter, interactions, conversations } = world;
  const worker = taskrouter.worker(name);

  /** Newest first: a desk shows the newest offer on top. */
  function find(statuses: readonly ReservationRow["status"][], taskSid: string | undefined, what: string) {
    const found = taskrouter
      .reservationsOfWorker(worker.sid)
      .findLast((row) => statuses.includes(row.status) && (!taskSid || row.taskSid === taskSid));
    if (!found) throw new ApiError(409, 20409, `${name} has no ${what}${taskSid ? ` of ${taskSid}` : ""}`);
    return found;
  }

  function channelOf(task: TaskRow) {
    const { flexInteractionChannelSid } = JSON.parse(task.attributes) as {
      flexInteractionChannelSid?: string;
    };
    return interactions.channel(String(flexInteractionChannelSid));
  }

  return {
    accept(taskSid) {
      const reservation = find(["pending"], taskSid, "pending reservation");
      taskrouter.acceptReservation(reservation.sid);
      return reservation;
    },
    reject(taskSid) {
      const reservation = find(["pending"], taskSid, "pending reservation");
      taskrouter.rejectReservation(reservation.sid);
      return reservation;
    },
    async reply(body, taskSid, media = []) {
      const task = taskrouter.task(find(["accepted"], taskSid, "accepted task").taskSid);
      const conversation = conversations.conversation(channelOf(task).conversationSid);
      const author = identityOf(world, worker.sid);
      conversations.permit(conversation.sid, author, media.length > 0 ? "sendMediaMessage" : "sendMessage");
      const mediaSids = takeFiles(world, conversation.serviceSid, author, media);
      const given: NewMessage = { author, ...(body ? { body } : {}), mediaSids, source: "SDK", webhooks: true };
      const asked = beforeMessage(world, conversation, given);
      const { sid } = conversations.addMessage(conversation.sid, { ...given, ...(asked && (await asked)) });
      return { messageSid: sid };
    },
    read(taskSid) {
      const task = taskrouter.task(find(["accepted"], taskSid, "accepted task").taskSid);
      const members = conversations.participants(channelOf(task).conversationSid);
      const member = members.find(({ identity }) => identity === identityOf(world, worker.sid));
      return member ? readToEnd(world, member) : 0;
    },
    wrapUp(taskSid) {
      const task = taskrouter.task(find(["accepted"], taskSid, "accepted task").taskSid);
      interactions.updateChannel(channelOf(task).sid, "closed", "wrapup");
      return task;
    },
    complete(taskSid) {
      const task = taskrouter.task(find(["accepted", "wrapping"], taskSid, "task to complete").taskSid);
      // The part of an agent who wraps up is over: others may go on with the channel.
      if (task.status === "wrapping") taskrouter.completeTask(task.sid, "Completed in Flex");
      else interactions.updateChannel(channelOf(task).sid, "closed", "closed");
      return task;
    },
    leave(taskSid) {
      const task = taskrouter.task(find(["accepted"], taskSid, "accepted task").taskSid);
      interactions.updateChannel(channelOf(task).sid, "inactive", "closed");
      return task;
    },
    transfer(to, taskSid) {
      const task = taskrouter.task(find(["accepted"], taskSid, "accepted task").taskSid);
      return transfer(world, task, channelOf(task).sid, to);
    },
    finish(taskSid) {
      const task = taskrouter.task(find(["accepted"], taskSid, "accepted task").taskSid);
      endPart(world, task, channelOf(task).sid);
      return task;
    },
    setActivity: (activity) => taskrouter.setActivity(worker.sid, activity),
    token() {
      const { roles } = JSON.parse(worker.attributes) as { roles: string[] };
      return world.tokens.mint({
        identity: identityOf(world, worker.sid),
        roles,
        workerSid: worker.sid,
        ttlSeconds: 3600,
      });
    },
  };
}
