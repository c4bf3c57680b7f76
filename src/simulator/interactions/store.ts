import { ApiError } from "../server/api-error";
import type { ChannelParticipantRow, ChannelRow, InteractionRow, InviteRow, TransferRow } from "./rows";

/** The rows of the Interactions API, and by whose SID they are found without looking at all of them. */
export interface InteractionStore {
  interactions: Map<string, InteractionRow>;
  channels: Map<string, ChannelRow>;
  invites: Map<string, InviteRow>;
  participants: Map<string, ChannelParticipantRow>;
  transfers: Map<string, TransferRow>;
  /** Channels of a Conversation; Invites and participants of a channel; the Invite and the transfer that made a Task. */
  index: {
    channels: Map<string, string[]>;
    invites: Map<string, string[]>;
    participants: Map<string, string[]>;
    inviteOfTask: Map<string, string>;
    transferOfTask: Map<string, string>;
  };
}

export function createStore(): InteractionStore {
  return {
    interactions: new Map(),
    channels: new Map(),
    invites: new Map(),
    participants: new Map(),
    transfers: new Map(),
    index: {
      channels: new Map(),
      invites: new Map(),
      participants: new Map(),
      inviteOfTask: new Map(),
      transferOfTask: new Map(),
    },
  };
}

export function insertChannel({ channels, index }: InteractionStore, row: ChannelRow): void {
  channels.set(row.sid, row);
  append(index.channels, row.conversationSid, row.sid);
}

export function insertInvite({ invites, index }: InteractionStore, row: InviteRow): void {
  invites.set(row.sid, row);
  append(index.invites, row.channelSid, row.sid);
  index.inviteOfTask.set(row.taskSid, row.sid);
}

export function insertParticipant({ participants, index }: InteractionStore, row: ChannelParticipantRow): void {
  participants.set(row.sid, row);
  append(index.participants, row.channelSid, row.sid);
}

export function insertTransfer({ transfers, index }: InteractionStore, row: TransferRow): void {
  transfers.set(row.sid, row);
  index.transferOfTask.set(row.taskSid, row.sid);
}

export function channelsOf({ channels, index }: InteractionStore, conversationSid: string): ChannelRow[] {
  return rowsOf(channels, index.channels.get(conversationSid));
}

/** Oldest first. */
export function invitesOf({ invites, index }: InteractionStore, channelSid: string): InviteRow[] {
  return rowsOf(invites, index.invites.get(channelSid));
}

/** Those who left are among them, as Twilio lists them. */
export function participantsOf({ participants, index }: InteractionStore, channelSid: string): ChannelParticipantRow[] {
  return rowsOf(participants, index.participants.get(channelSid));
}

export function inviteOfTask({ invites, index }: InteractionStore, taskSid: string): InviteRow | undefined {
  return invites.get(index.inviteOfTask.get(taskSid) ?? "");
}

export function transferOfTask({ transfers, index }: InteractionStore, taskSid: string): TransferRow | undefined {
  return transfers.get(index.transferOfTask.get(taskSid) ?? "");
}

export function channelOfTask(store: InteractionStore, taskSid: string): ChannelRow | undefined {
  return store.channels.get(inviteOfTask(store, taskSid)?.channelSid ?? "");
}

/** A channel goes with all that hangs on it; its Interaction stays. */
export function deleteChannel(store: InteractionStore, row: ChannelRow): void {
  const { index } = store;
  for (const { sid, taskSid } of invitesOf(store, row.sid)) {
    store.invites.delete(sid);
    index.inviteOfTask.delete(taskSid);
    store.transfers.delete(index.transferOfTask.get(taskSid) ?? "");
    index.transferOfTask.delete(taskSid);
  }
  for (const { sid } of participantsOf(store, row.sid)) store.participants.delete(sid);
  index.invites.delete(row.sid);
  index.participants.delete(row.sid);
  const others = (index.channels.get(row.conversationSid) ?? []).filter((sid) => sid !== row.sid);
  index.channels.set(row.conversationSid, others);
  store.channels.delete(row.sid);
}

export function find<Row>(rows: ReadonlyMap<string, Row>, sid: string, what: string): Row {
  const row = rows.get(sid);
  if (!row) throw new ApiError(404, 20404, `${what} not found`);
  return row;
}

function append(index: Map<string, string[]>, of: string, sid: string): void {
  const sids = index.get(of);
  if (sids) sids.push(sid);
  else index.set(of, [sid]);
}

function rowsOf<Row>(rows: ReadonlyMap<string, Row>, sids: readonly string[] = []): Row[] {
  return sids.flatMap((sid) => rows.get(sid) ?? []);
}
