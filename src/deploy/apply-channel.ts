import type { Twilio } from "twilio";
import { bindingName, type ChannelBinding, channelBinding } from "../config/channel-binding";
import { createDocument, readDocument, removeDocument, updateDocument } from "../twilio/sync";

/** Says by which Flow a channel of ours meets its customers; without one agents do. Functions hear of it within a minute. */
export async function applyChannel(twilio: Twilio, channel: string, binding: ChannelBinding): Promise<void> {
  const name = bindingName(channel);
  for (;;) {
    const found = await readDocument(twilio, name);
    const written = found
      ? await updateDocument(twilio, name, binding, found.revision)
      : await createDocument(twilio, name, binding);
    if (written) return;
  }
}

/** Undefined where nothing is bound. */
export async function readBinding(twilio: Twilio, channel: string): Promise<ChannelBinding | undefined> {
  return channelBinding.safeParse((await readDocument(twilio, bindingName(channel)))?.data).data;
}

export const removeBinding = (twilio: Twilio, channel: string): Promise<void> =>
  removeDocument(twilio, bindingName(channel));
