import type { World } from "../world";
import type { ChannelParticipantRow, ChannelRow } from "./rows";

/** What happens to Interactions: https://www.twilio.com/docs/flex/developer/conversations/register-interactions-webhooks */
export const INTERACTION_EVENTS = [
  "onInteractionCreated",
  "onChannelCreated",
  "onChannelCreateFailed",
  "onChannelStatusUpdated",
  "onParticipantJoined",
  "onParticipantLeft",
  "onParticipantUpdated",
] as const;

export interface InteractionEvent {
  type: (typeof INTERACTION_EVENTS)[number];
  channel: ChannelRow;
  participant?: ChannelParticipantRow;
}

export function tell(world: World, type: InteractionEvent["type"], channel: ChannelRow): void {
  world.bus.emit("interaction.event", { type, channel });
}

export function tellOf(
  world: World,
  type: "onParticipantJoined" | "onParticipantLeft" | "onParticipantUpdated",
  channel: ChannelRow,
  participant: ChannelParticipantRow,
): void {
  world.bus.emit("interaction.event", { type, channel, participant });
}
