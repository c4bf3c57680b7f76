import type { InteractionEvent } from "../interactions/events";
import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { InteractionWebhookRow } from "./rows";
import { interactionWebhookTtid } from "./ttid";

export type NewInteractionWebhook = Omit<InteractionWebhookRow, "ttid">;

export interface InteractionWebhooks {
  readonly rows: ReadonlyMap<string, InteractionWebhookRow>;
  webhook(ttid: string): InteractionWebhookRow;
  create(webhook: NewInteractionWebhook): InteractionWebhookRow;
  update(ttid: string, changes: Partial<NewInteractionWebhook>): InteractionWebhookRow;
  remove(ttid: string): void;
}

/** How long Flex waits is unverified: as long as Conversations does. */
const TIMEOUT_MS = 5_000;

/** https://www.twilio.com/docs/flex/developer/conversations/register-interactions-webhooks */
export function createInteractionWebhooks(world: World): InteractionWebhooks {
  const rows = world.memory.keep("interaction webhooks", new Map<string, InteractionWebhookRow>());

  world.bus.on("interaction.event", (event) => {
    const { webhookTtid } = world.interactions.interaction(event.channel.interactionSid);
    for (const row of rows.values()) {
      const isMeant = row.type === "global" || row.ttid === webhookTtid;
      if (isMeant && row.events.includes(event.type)) send(world, row, event);
    }
  });

  function webhook(ttid: string): InteractionWebhookRow {
    const row = rows.get(ttid);
    if (!row) throw new ApiError(404, 20404, "Interaction webhook not found");
    return row;
  }

  return {
    rows,
    webhook,
    create(given) {
      const ttid = interactionWebhookTtid(world.clock.ms(), world.newSid(""));
      const row = { ttid, ...given };
      rows.set(ttid, row);
      return row;
    },
    update: (ttid, changes) => Object.assign(webhook(ttid), changes),
    remove: (ttid) => void rows.delete(webhook(ttid).ttid),
  };
}

function send(world: World, { url, method }: InteractionWebhookRow, event: InteractionEvent): void {
  const { conversationSid } = event.channel;
  const params = fieldsOf(world, event);
  world.work.later(async () => {
    await world.sendWebhook({
      name: `Flex ${event.type}`,
      url,
      method,
      params,
      timeoutMs: TIMEOUT_MS,
      signed: world.switches.interactionWebhooksSigned,
      about: { conversationSid, ...(params.TaskSid ? { taskSid: params.TaskSid } : {}) },
    });
  });
}

function fieldsOf({ account }: World, { type, channel, participant }: InteractionEvent): Record<string, string> {
  return {
    EventType: type,
    AccountSid: account.sid,
    InstanceSid: account.flexInstanceSid,
    InteractionSid: channel.interactionSid,
    ...(type === "onInteractionCreated" ? {} : { ChannelSid: channel.sid }),
    ...(type === "onChannelStatusUpdated" ? { ChannelStatus: channel.status } : {}),
    ...(type === "onChannelCreateFailed"
      ? { ErrorCode: String(channel.errorCode), ErrorMessage: String(channel.errorMessage) }
      : {}),
    MediaChannelSid: channel.conversationSid,
    MediaChannelType: channel.type,
    ...(participant ? { ParticipantSid: participant.sid, ParticipantType: participant.type } : {}),
    ...(participant?.routing ? { TaskSid: participant.routing.taskSid } : {}),
  };
}
