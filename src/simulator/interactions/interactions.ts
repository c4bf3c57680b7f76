import type { World } from "../world";
import { expireChannels } from "./channel-life";
import {
  createInteraction,
  type NewInteraction,
  type RenewedInteraction,
  refuseWebhook,
  renewInteraction,
} from "./create-interaction";
import { type Endings, endInteractions } from "./end-interactions";
import { endWithConversations } from "./end-with-conversations";
import { createInvites, type Invites } from "./invites";
import { joinAgents } from "./join-agents";
import { createMembers, type Members } from "./members";
import { createPauses, type Pauses } from "./pauses";
import { reviveLeftChannels } from "./revive-left-channels";
import type { ChannelParticipantRow, ChannelRow, InteractionRow, InviteRow, TransferRow } from "./rows";
import { channelsOf, createStore, find, invitesOf, participantsOf } from "./store";
import { createTransfers, type Transfers } from "./transfers";
import { interactionsWire } from "./wire";

export type { NewInteraction } from "./create-interaction";

/** What other products ask of the Interactions API. */
export interface Interactions {
  readonly interactions: ReadonlyMap<string, InteractionRow>;
  readonly channels: ReadonlyMap<string, ChannelRow>;
  readonly invites: ReadonlyMap<string, InviteRow>;
  readonly participants: ReadonlyMap<string, ChannelParticipantRow>;
  readonly transfers: ReadonlyMap<string, TransferRow>;
  interaction(sid: string): InteractionRow;
  channel(sid: string): ChannelRow;
  channelsOf(conversationSid: string): ChannelRow[];
  invitesOf(channelSid: string): InviteRow[];
  participantsOf(channelSid: string): ChannelParticipantRow[];
  /** Accepts the request and sets the channel up in the background; refusals throw ApiError. */
  create(request: NewInteraction): InteractionRow;
  /** A create request for a channel that exists. */
  renew(request: RenewedInteraction): InteractionRow;
  /** Names the Interaction's own webhook. */
  update(sid: string, webhookTtid: string | undefined): InteractionRow;
  /** A new Task on a channel that exists. */
  invite: Invites["create"];
  /** Accepts or declines an offer, as Flex's client does. */
  answerInvite: Invites["answer"];
  /** The create answer's wire form, which Send to Flex hands to its Flow. */
  render(interaction: InteractionRow): Record<string, unknown>;
  /** Ends, leaves or pauses a channel as `POST /Channels/{UO}` does. */
  updateChannel: Endings["updateChannel"];
  /** Gives a channel that was left or paused back to its agent. */
  resume: Pauses["resume"];
  addParticipant: Members["add"];
  /** Ends one member's part as `POST /Participants/{UT}` does. */
  updateParticipant: Endings["updateParticipant"];
  transfer: Transfers["create"];
  updateTransfer: Transfers["update"];
}

export function createInteractions(world: World): Interactions {
  const store = world.memory.keep("interactions", createStore());
  const invites = createInvites(world, store);
  const expiry = expireChannels(world, store);
  joinAgents(world, store);
  const endings = endInteractions(world, store);
  endWithConversations(world, store, endings);
  const pauses = createPauses(world, store, invites);
  const members = createMembers(world, store);
  const transfers = createTransfers(world, store, { invites, endings });
  reviveLeftChannels(world, store, invites);

  const { interactions, channels, participants } = store;
  return {
    interactions,
    channels,
    participants,
    invites: store.invites,
    transfers: store.transfers,
    interaction: (sid) => find(interactions, sid, "Interaction"),
    channel: (sid) => find(channels, sid, "Interaction channel"),
    channelsOf: (conversationSid) => channelsOf(store, conversationSid),
    invitesOf: (channelSid) => invitesOf(store, channelSid),
    participantsOf: (channelSid) => participantsOf(store, channelSid),
    create(request) {
      const row = createInteraction(world, store, invites, request);
      expiry.arm();
      return row;
    },
    renew: (request) => renewInteraction(world, store, invites, request),
    update(sid, webhookTtid) {
      const row = find(interactions, sid, "Interaction");
      refuseWebhook(world, webhookTtid);
      row.webhookTtid = webhookTtid ?? row.webhookTtid;
      return row;
    },
    invite: invites.create,
    answerInvite: invites.answer,
    render: (interaction) => interactionsWire(world, store).interaction(interaction),
    updateChannel: endings.updateChannel,
    resume: pauses.resume,
    addParticipant: members.add,
    updateParticipant: endings.updateParticipant,
    transfer: transfers.create,
    updateTransfer: transfers.update,
  };
}
