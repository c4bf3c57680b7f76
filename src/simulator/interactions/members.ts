import { ApiError, unserved } from "../server/api-error";
import type { World } from "../world";
import { touch } from "./channel-life";
import { tellOf } from "./events";
import { requireOpen } from "./invites";
import { cannotAdd, customerOf, type NewCustomer } from "./new-customer";
import type { ChannelParticipantRow, ChannelRow } from "./rows";
import { find, type InteractionStore, insertParticipant, participantsOf } from "./store";

export interface NewMember extends NewCustomer {
  type: ChannelParticipantRow["type"];
}

export interface Members {
  /** As `POST /Participants` does: a customer, or a supervisor who looks on. */
  add(channelSid: string, member: NewMember): ChannelParticipantRow;
}

/** https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interaction-channel-participants */
export function createMembers(world: World, store: InteractionStore): Members {
  return {
    add(channelSid, member) {
      const channel = find(store.channels, channelSid, "Interaction channel");
      requireOpen(channel, "takes no Participant");
      const { type } = member;
      if (type === "agent") {
        // https://www.twilio.com/docs/flex/developer/conversations/best-practices; how Twilio refuses it is unverified.
        throw new ApiError(400, 45367, "An agent joins by an Invite");
      }
      if (type !== "customer" && type !== "supervisor") throw unserved(`Interaction participants of type ${type}`);
      const who = customerOf(type === "supervisor" ? "chat" : channel.type, member);
      const participantSid = join(world, channel, who);
      return addMember(world, store, channel, { type, participantSid, identity: who.identity ?? null, routing: null });
    },
  };
}

function join(world: World, { conversationSid }: ChannelRow, who: ReturnType<typeof customerOf>): string {
  try {
    return world.conversations.addParticipant(conversationSid, { ...who, source: "API", webhooks: true }).sid;
  } catch (error) {
    if (error instanceof ApiError) throw cannotAdd(error);
    throw error;
  }
}

export function addMember(
  world: World,
  store: InteractionStore,
  channel: ChannelRow,
  member: Pick<ChannelParticipantRow, "type" | "participantSid" | "identity" | "routing">,
): ChannelParticipantRow {
  const sid = world.newSid("UT");
  const row = { sid, interactionSid: channel.interactionSid, channelSid: channel.sid, ...member, left: false };
  insertParticipant(store, row);
  touch(world, channel);
  tellOf(world, "onParticipantJoined", channel, row);
  return row;
}

/** Ends a member's part. They leave the Conversation too, unless they are in it by another part as well. */
export function removeMember(world: World, store: InteractionStore, channel: ChannelRow, row: ChannelParticipantRow) {
  row.left = true;
  tellOf(world, "onParticipantLeft", channel, row);
  const { conversations } = world;
  const conversation = conversations.conversations.get(channel.conversationSid);
  if (!conversation || conversation.state === "closed" || !row.participantSid) return;
  const stays = participantsOf(store, channel.sid).some(
    ({ participantSid, left }) => participantSid === row.participantSid && !left,
  );
  const present = conversations.participants(conversation.sid).some(({ sid }) => sid === row.participantSid);
  if (present && !stays) conversations.removeParticipant(conversation.sid, row.participantSid);
}
