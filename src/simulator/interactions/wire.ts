import { taskProperties } from "../taskrouter/wire";
import type { World } from "../world";
import type { Interactions } from "./interactions";
import type { ChannelParticipantRow, ChannelRow, InteractionRow, InviteRow, TransferRow } from "./rows";

/** No fractions of a second. */
const date = (value: Date) => `${value.toISOString().slice(0, 19)}Z`;

const ROOT = "https://flex-api.twilio.com/v1/Interactions";

/** The JSON of the Interactions API; the Task within `routing.properties` has epoch seconds for dates. */
export function interactionsWire(world: World, store: Pick<Interactions, "channels">) {
  const channelUrl = ({ interactionSid, sid }: ChannelRow) => `${ROOT}/${interactionSid}/Channels/${sid}`;
  const routing = (taskSid: string | null) => {
    const task = taskSid ? world.taskrouter.tasks.get(taskSid) : undefined;
    return task ? { reservation: null, properties: taskProperties(world, task) } : null;
  };
  return {
    interaction(row: InteractionRow) {
      return {
        sid: row.sid,
        channel: { type: store.channels.get(row.channelSid)?.type ?? null, sid: row.channelSid },
        routing: routing(row.taskSid),
        interaction_context_sid: row.contextSid,
        webhook_ttid: row.webhookTtid,
        url: `${ROOT}/${row.sid}`,
        links: { channels: `${ROOT}/${row.sid}/Channels` },
      };
    },
    channel(row: ChannelRow) {
      const url = channelUrl(row);
      return {
        sid: row.sid,
        interaction_sid: row.interactionSid,
        type: row.type,
        status: row.status,
        error_code: row.errorCode,
        error_message: row.errorMessage,
        url,
        links: { participants: `${url}/Participants`, invites: `${url}/Invites`, transfers: `${url}/Transfers` },
      };
    },
    invite(row: InviteRow) {
      return {
        sid: row.sid,
        interaction_sid: row.interactionSid,
        channel_sid: row.channelSid,
        routing: routing(row.taskSid),
        url: `${ROOT}/${row.interactionSid}/Channels/${row.channelSid}/Invites/${row.sid}`,
      };
    },
    transfer(row: TransferRow) {
      return {
        sid: row.sid,
        account_sid: world.account.sid,
        instance_sid: world.account.flexInstanceSid,
        interaction_sid: row.interactionSid,
        channel_sid: row.channelSid,
        execution_sid: row.executionSid,
        type: row.type,
        status: row.status,
        from: row.from,
        to: row.to,
        note_sid: row.noteSid,
        summary_sid: row.summarySid,
        date_created: date(row.createdAt),
        date_updated: date(row.updatedAt),
        url: `${ROOT}/${row.interactionSid}/Channels/${row.channelSid}/Transfers/${row.sid}`,
      };
    },
    participant(row: ChannelParticipantRow) {
      return {
        sid: row.sid,
        type: row.type,
        interaction_sid: row.interactionSid,
        channel_sid: row.channelSid,
        routing_properties: row.routing && {
          task_sid: row.routing.taskSid,
          worker_sid: row.routing.workerSid,
          reservation_sid: row.routing.reservationSid,
        },
        url: `${ROOT}/${row.interactionSid}/Channels/${row.channelSid}/Participants/${row.sid}`,
      };
    },
  };
}
