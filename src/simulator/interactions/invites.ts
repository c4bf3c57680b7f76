import { ApiError } from "../server/api-error";
import type { World } from "../world";
import { setStatus, touch } from "./channel-life";
import { refuseRouting } from "./routing";
import type { ChannelRow, InviteRow, NewRouting } from "./rows";
import { find, type InteractionStore, insertInvite, invitesOf } from "./store";
import { taskAttributes } from "./task-attributes";

/** Flex deletes a Task about ten minutes after its end: https://www.twilio.com/docs/flex/developer/conversations/faq-and-troubleshooting */
const TASK_KEPT_SECONDS = 10 * 60;

export interface Invites {
  /** A Task on a channel, without asking whether the channel takes one. */
  make(channel: ChannelRow, routing: NewRouting, autoAccepted?: boolean): InviteRow;
  /** As `POST /Invites` does; a channel that was left is active again. */
  create(channelSid: string, routing: NewRouting): InviteRow;
  /** As Flex's client answers an offer, by its Reservation. */
  answer(inviteSid: string, action: "accept" | "decline", reservationSid: string): InviteRow;
}

/** https://www.twilio.com/docs/flex/developer/conversations/interactions-api/invites-subresource */
export function createInvites(world: World, store: InteractionStore): Invites {
  const { taskrouter } = world;

  const invites: Invites = {
    make(channel, routing, autoAccepted = false) {
      const sid = world.newSid("KG");
      const task = taskrouter.createTask({
        attributes: taskAttributes(channel, sid, routing.attributes ?? {}),
        workflowSid: routing.workflowSid,
        queueSid: routing.queueSid,
        taskChannel: routing.taskChannel,
        priority: routing.priority,
        timeout: routing.timeout,
        routingTarget: routing.workerSid,
        onward: routing.onward,
        keptSeconds: TASK_KEPT_SECONDS,
      });
      const { interactionSid } = channel;
      const row = { sid, interactionSid, channelSid: channel.sid, taskSid: task.sid, routing, autoAccepted };
      insertInvite(store, row);
      return row;
    },
    create(channelSid, routing) {
      const channel = find(store.channels, channelSid, "Interaction channel");
      requireOpen(channel, "takes no Invite");
      refuseRouting(world, routing);
      const row = invites.make(channel, routing);
      touch(world, channel);
      if (isLeft(channel)) resume(world, channel);
      return row;
    },
    answer(inviteSid, action, reservationSid) {
      const row = find(store.invites, inviteSid, "Interaction channel invite");
      const reservation = taskrouter.reservations.get(reservationSid);
      if (reservation?.taskSid !== row.taskSid) {
        throw new ApiError(400, 20001, "routing.reservation.sid is not a Reservation of this Invite's Task");
      }
      if (action === "accept") taskrouter.acceptReservation(reservationSid);
      else taskrouter.rejectReservation(reservationSid);
      return row;
    },
  };
  return invites;
}

export function isLeft({ status }: ChannelRow): boolean {
  return status === "inactive" || status === "pause";
}

export function resume(world: World, channel: ChannelRow): void {
  channel.leftAt = null;
  channel.leftBy = null;
  setStatus(world, channel, "active");
}

export function requireOpen({ status }: ChannelRow, but: string): void {
  if (status === "closed" || status === "failed") {
    throw new ApiError(400, 45770, `The channel is ${status}: it ${but}`);
  }
}

export function isOpen(world: World, taskSid: string): boolean {
  const task = world.taskrouter.tasks.get(taskSid);
  return task !== undefined && task.status !== "completed" && task.status !== "canceled";
}

export function hasOpenTask(world: World, store: InteractionStore, channel: ChannelRow): boolean {
  return invitesOf(store, channel.sid).some(({ taskSid }) => isOpen(world, taskSid));
}
