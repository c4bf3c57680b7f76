import { ApiError } from "../../server/api-error";
import type { World } from "../../world";
import type { ChannelRow } from "../rows";

export const HOST = "flex-api.twilio.com";
export const CHANNEL = "/v1/Interactions/:interaction/Channels/:channel";

export function channelAt({ interactions }: World, params: Record<string, string>): ChannelRow {
  const { sid } = interactions.interaction(String(params.interaction));
  return within(interactions.channel(String(params.channel)), "Interaction channel", { interactionSid: sid });
}

/** The row, if it belongs where the path says. */
export function within<Row extends object>(row: Row | undefined, what: string, place: Partial<Row>): Row {
  const isThere = row && Object.entries(place).every(([key, value]) => row[key as keyof Row] === value);
  if (!isThere) throw new ApiError(404, 20404, `${what} not found`);
  return row;
}
