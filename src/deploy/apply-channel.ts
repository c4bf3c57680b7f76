import type { Twilio } from "twilio";
import { bindingName, type ChannelBinding } from "../config/channel-binding";
import { createDocument, readDocument, updateDocument } from "../twilio/sync";

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
