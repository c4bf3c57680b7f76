import { ApiError } from "../server/api-error";
import type { World } from "../world";
import type { NewInteraction } from "./create-interaction";
import { channelsOf, type InteractionStore } from "./store";

/**
 * The Conversation an Interaction is about: the one it names, or a new one for `api` and `agent`
 * (https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interactions).
 */
export function readMediaChannel(world: World, store: InteractionStore, request: NewInteraction): string {
  const { mediaChannelSid, initiatedBy, participants = [] } = request.channel;
  if (initiatedBy === "agent" && !request.routing.workerSid) {
    throw new ApiError(400, 20001, "Routing.properties.worker_sid is needed when an agent initiates");
  }
  if (mediaChannelSid) return existing(world, store, mediaChannelSid, initiatedBy === "customer");
  if (initiatedBy === "customer") {
    throw new ApiError(400, 20001, "Channel.properties.media_channel_sid is needed when the customer initiates");
  }
  if (participants.length === 0) throw new ApiError(400, 45355, "Channel.participants is missing");
  return world.conversations.create({}).sid;
}

function existing(world: World, store: InteractionStore, sid: string, customerMustBeIn: boolean): string {
  const conversation = world.conversations.conversations.get(sid);
  if (!conversation) throw new ApiError(400, 45356, "The Conversation of media_channel_sid was not found");
  if (conversation.state === "closed") throw new ApiError(400, 45354, "The Conversation is closed");
  if (customerMustBeIn && world.conversations.participants(sid).length === 0) {
    throw new ApiError(400, 45355, "No Participants were found in the Conversation");
  }
  const live = channelsOf(store, sid).some(({ status }) => !["closed", "failed"].includes(status));
  if (live && !world.switches.secondInteractionAccepted) {
    throw new ApiError(409, 45770, "The Conversation has an Interaction already");
  }
  return sid;
}
