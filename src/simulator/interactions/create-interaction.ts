import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { Invites } from "./invites";
import { readMediaChannel } from "./media-channel";
import type { NewCustomer } from "./new-customer";
import { earlierRouting, refuseRouting } from "./routing";
import type { ChannelRow, InitiatedBy, InteractionRow, NewRouting } from "./rows";
import { setUpChannel } from "./set-up-channel";
import { find, type InteractionStore, insertChannel } from "./store";

/** The `Channel` and `Routing` of a create request, read once. */
export interface NewInteraction {
  channel: NewChannel;
  routing: NewRouting;
  webhookTtid?: string;
  contextSid?: string;
}

export interface NewChannel {
  type: string;
  initiatedBy: InitiatedBy;
  mediaChannelSid?: string;
  participants?: NewCustomer[];
}

/** A create request that names a channel which exists, by its SID. */
export interface RenewedInteraction {
  channelSid: string;
  routing?: NewRouting;
  webhookTtid?: string;
}

/** Accepts the request and sets the channel up in the background; refusals throw ApiError. */
export function createInteraction(
  world: World,
  store: InteractionStore,
  invites: Invites,
  request: NewInteraction,
): InteractionRow {
  refuseRouting(world, request.routing);
  refuseWebhook(world, request.webhookTtid);
  const conversationSid = readMediaChannel(world, store, request);
  const now = world.clock.now();
  const interaction: InteractionRow = {
    sid: world.newSid("KD"),
    channelSid: world.newSid("UO"),
    taskSid: null,
    webhookTtid: request.webhookTtid ?? null,
    contextSid: request.contextSid ?? null,
    createdAt: now,
  };
  const channel = newChannel(interaction, request.channel, conversationSid);
  store.interactions.set(interaction.sid, interaction);
  insertChannel(store, channel);
  const isAccepted = channel.initiatedBy === "agent" && world.switches.agentTaskAcceptedByItself;
  interaction.taskSid = invites.make(channel, request.routing, isAccepted).taskSid;
  world.log.add({
    kind: "interaction",
    name: "created",
    interactionSid: interaction.sid,
    taskSid: interaction.taskSid,
    conversationSid,
    data: { type: channel.type, initiatedBy: channel.initiatedBy },
  });
  // That those named besides a Conversation are passed over is unverified.
  const customers = request.channel.mediaChannelSid ? [] : (request.channel.participants ?? []);
  world.work.later(() => setUpChannel(world, store, channel, customers));
  return interaction;
}

/**
 * A create request on a channel that exists: https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interactions
 * says only that all else is then optional. That it answers with the channel's own Interaction and a new Task on it,
 * routed as the last one unless told otherwise, is unverified.
 */
export function renewInteraction(
  world: World,
  store: InteractionStore,
  invites: Invites,
  { channelSid, routing, webhookTtid }: RenewedInteraction,
): InteractionRow {
  refuseWebhook(world, webhookTtid);
  const channel = find(store.channels, channelSid, "Interaction channel");
  const interaction = find(store.interactions, channel.interactionSid, "Interaction");
  interaction.taskSid = invites.create(channelSid, routing ?? earlierRouting(store, channelSid)).taskSid;
  interaction.webhookTtid = webhookTtid ?? interaction.webhookTtid;
  return interaction;
}

/** The code is unverified. */
export function refuseWebhook({ flex }: World, ttid: string | undefined): void {
  if (ttid !== undefined && flex.webhooks.rows.get(ttid)?.type !== "interaction") {
    throw new ApiError(400, 20001, "WebhookTtid is not an Interaction webhook of type interaction");
  }
}

function newChannel(interaction: InteractionRow, given: NewChannel, conversationSid: string): ChannelRow {
  return {
    sid: interaction.channelSid,
    interactionSid: interaction.sid,
    type: given.type,
    initiatedBy: given.initiatedBy,
    conversationSid,
    status: "setup",
    errorCode: null,
    errorMessage: null,
    createdAt: interaction.createdAt,
    updatedAt: interaction.createdAt,
    closedAt: null,
    leftAt: null,
    leftBy: null,
  };
}
