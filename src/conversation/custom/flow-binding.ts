import type { CustomChannel } from "../../channels/custom-identity";
import { bindingName, type ChannelBinding, channelBinding } from "../../config/channel-binding";
import { remember } from "../../runtime/remember";
import { readDocument } from "../../twilio/sync";
import type { Desk } from "../desk";

/** By the channel's name. */
const remembered = remember<ChannelBinding>({ most: 10, forMs: 60_000 });

/** The Flow that meets the customers of a channel; undefined where agents do. */
export async function flowOf(desk: Desk, channel: CustomChannel): Promise<string | undefined> {
  const known = remembered.recall(channel, desk.now());
  if (known) return known.flowSid;
  const found = channelBinding.safeParse((await readDocument(desk.twilio, bindingName(channel)))?.data).data ?? {};
  remembered.keep(channel, found, desk.now());
  return found.flowSid;
}
