import type { ReservationRow, TaskRow } from "../taskrouter/rows";
import type { World } from "../world";
import { addMember } from "./members";
import type { ChannelRow } from "./rows";
import { channelOfTask, type InteractionStore, inviteOfTask } from "./store";

/** Lets an agent into the Conversation when the Reservation of an Interaction's Task is accepted. */
export function joinAgents(world: World, store: InteractionStore): void {
  world.bus.on("reservation.updated", (reservation, task) => {
    const channel = channelOfTask(store, task.sid);
    if (!channel) return;
    if (reservation.status === "accepted") join(world, store, channel, reservation, task);
    if (reservation.status === "pending" && isAutoAccepted(store, reservation, task)) {
      world.work.later(() => {
        // The channel's set-up may have failed, and the Task with it.
        if (reservation.status === "pending") world.taskrouter.acceptReservation(reservation.sid);
      });
    }
  });
}

function isAutoAccepted(store: InteractionStore, reservation: ReservationRow, task: TaskRow): boolean {
  const invite = inviteOfTask(store, task.sid);
  return Boolean(invite?.autoAccepted) && task.routingTarget === reservation.workerSid;
}

function join(world: World, store: InteractionStore, channel: ChannelRow, reservation: ReservationRow, task: TaskRow) {
  const conversation = world.conversations.conversations.get(channel.conversationSid);
  if (!conversation || conversation.state === "closed") return;
  const identity = identityOf(world, reservation.workerSid);
  const present = world.conversations.participants(conversation.sid).find((row) => row.identity === identity);
  const participant =
    present ??
    world.conversations.addParticipant(conversation.sid, {
      identity,
      // https://www.twilio.com/docs/flex/admin-guide/setup/conversations/conversations-roles
      roleSid: world.conversations.roles.named(conversation.serviceSid, "conversation", "agent")?.sid,
      source: "API",
      webhooks: true,
    });
  addMember(world, store, channel, {
    type: "agent",
    participantSid: participant.sid,
    identity,
    routing: { taskSid: task.sid, workerSid: reservation.workerSid, reservationSid: reservation.sid },
  });
  world.log.add({
    kind: "agent",
    name: `${identity} joined`,
    conversationSid: conversation.sid,
    interactionSid: channel.interactionSid,
    taskSid: task.sid,
    reservationSid: reservation.sid,
  });
}

/** A worker's chat identity is what its `contact_uri` names (`client:ada`). */
export function identityOf(world: World, workerSid: string): string {
  const worker = world.taskrouter.worker(workerSid);
  const { contact_uri: contact } = JSON.parse(worker.attributes) as {
    contact_uri?: string;
  };
  return contact?.replace(/^client:/, "") ?? worker.friendlyName;
}
