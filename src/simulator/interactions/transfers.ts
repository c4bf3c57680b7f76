import { ApiError, unserved } from "../server/api-error";
import type { World } from "../world";
import type { Endings } from "./end-interactions";
import type { Invites } from "./invites";
import type { ChannelParticipantRow, NewRouting, TransferRow } from "./rows";
import { find, type InteractionStore, insertTransfer, transferOfTask } from "./store";

export interface NewTransfer {
  type: "warm" | "cold" | "external";
  from: string;
  to: string;
  noteSid?: string;
  summarySid?: string;
}

export type TransferChanges = Partial<Pick<TransferRow, "status" | "noteSid" | "summarySid">>;

export interface Transfers {
  create(channelSid: string, transfer: NewTransfer): TransferRow;
  update(sid: string, changes: TransferChanges): TransferRow;
}

/**
 * A new Task for a colleague or a queue, then the part of the agent who hands over ends. A colleague who is away, or
 * rejects it, leaves it to the next agent of the Workflow: https://www.twilio.com/docs/flex/admin-guide/setup/conversations/messaging-transfers
 * That attributes are copied, and that a transfer is active until somebody accepts its Task, is unverified.
 */
export function createTransfers(
  world: World,
  store: InteractionStore,
  { invites, endings }: { invites: Invites; endings: Endings },
): Transfers {
  world.bus.on("task.updated", (task, event) => {
    const transfer = transferOfTask(store, task.sid);
    if (transfer?.status !== "active") return;
    if (event === "reservation.accepted") change(transfer, { status: "completed" });
    if (event === "task.canceled" || event === "task.deleted") change(transfer, { status: "failed" });
  });

  function change(row: TransferRow, changes: TransferChanges): void {
    Object.assign(row, changes);
    row.updatedAt = world.clock.now();
  }

  function agentOf(channelSid: string, participantSid: string): NonNullable<ChannelParticipantRow["routing"]> {
    const row = store.participants.get(participantSid);
    if (row?.channelSid !== channelSid || row.left || !row.routing) {
      throw new ApiError(400, 20001, "from is not an agent who is in this channel");
    }
    return row.routing;
  }

  function routingOf(taskSid: string, to: string): NewRouting {
    const { taskrouter } = world;
    const task = taskrouter.task(taskSid);
    return {
      workspaceSid: taskrouter.workspace.sid,
      ...targetOf(world, task.workflowSid ?? [...taskrouter.workflows.keys()][0], to),
      taskChannel: task.taskChannelSid,
      priority: task.priority,
      timeout: task.timeout,
      attributes: JSON.parse(task.attributes) as Record<string, unknown>,
    };
  }

  return {
    create(channelSid, { type, from, to, noteSid, summarySid }) {
      const channel = find(store.channels, channelSid, "Interaction channel");
      if (channel.status !== "active") {
        throw new ApiError(400, 45770, `The channel is ${channel.status}: nothing to transfer`);
      }
      if (type !== "cold") throw unserved(`${type} transfers`);
      const { taskSid } = agentOf(channelSid, from);
      const invite = invites.create(channelSid, routingOf(taskSid, to));
      const now = world.clock.now();
      const row: TransferRow = {
        sid: world.newSid("UX"),
        executionSid: world.newSid("QW"),
        interactionSid: channel.interactionSid,
        channelSid,
        type,
        status: "active",
        from,
        to,
        noteSid: noteSid ?? null,
        summarySid: summarySid ?? null,
        taskSid: invite.taskSid,
        createdAt: now,
        updatedAt: now,
      };
      insertTransfer(store, row);
      endings.updateParticipant(from, "closed");
      return row;
    },
    update(sid, changes) {
      const row = find(store.transfers, sid, "Transfer");
      if (changes.status && row.status !== "active") {
        throw new ApiError(400, 45770, `The transfer is ${row.status} already`);
      }
      change(row, changes);
      return row;
    },
  };
}

function targetOf({ taskrouter }: World, workflowSid: string | undefined, to: string): NewRouting {
  if (taskrouter.queues.has(to)) return { queueSid: to };
  const worker = taskrouter.workers.get(to);
  if (!worker) {
    if (/^(WW|UT)/.test(to)) throw unserved("transfers to a Workflow or a participant");
    throw new ApiError(400, 20001, "to is not a Worker or a TaskQueue");
  }
  const isAvailable = taskrouter.activities.get(worker.activitySid)?.available;
  return isAvailable ? { workflowSid, workerSid: to, onward: true } : { workflowSid };
}
