import type { CustomerChannel } from "./addresses";
import { type AttachedFile, attachmentVerdict } from "./attachment-verdict";
import { forCustomChannels } from "./custom-identity";
import { type FileTypeName, plainContentType, typeOfContent } from "./file-types";

const MB = 1024 * 1024;
const SMS = ["jpeg", "png", "amr", "mp3", "mp4", "pdf", "heic"] as const;
const WEB = [...SMS, "txt", "gif"] as const;

/**
 * What Flex takes on each channel unless told otherwise: https://www.twilio.com/docs/flex/developer/conversations/limits.
 * That agents see nothing of other files that customers send is unverified; to say so of one they do see does no harm.
 */
const SHOWN: Readonly<Record<CustomerChannel, { types: readonly FileTypeName[]; bytes: number }>> = {
  sms: { types: SMS, bytes: 2 * MB },
  whatsapp: { types: [...WEB, "ogg"], bytes: 16 * MB },
  messenger: { types: ["jpeg", "png", "mp3", "mp4", "pdf"], bytes: 25 * MB },
  web: { types: WEB, bytes: 16 * MB },
  ...forCustomChannels(() => ({ types: WEB, bytes: 16 * MB })),
};

const KEPT = "Twilio keeps it with this message.";

/** Why an agent may not see a customer's file in Flex, in words for them; undefined when they do. */
export function whyNotShown(channel: CustomerChannel, file: AttachedFile): string | undefined {
  const verdict = attachmentVerdict(channel === "web" ? "chat" : channel, "fromCustomer", file);
  if (!verdict.ok && verdict.reason === "dangerous_type") {
    return `A program, script or page, which can do harm: Flex does not show it, and nobody should open it. ${KEPT}`;
  }
  const { types, bytes } = SHOWN[channel];
  const type = typeOfContent(file.contentType);
  if (!type || !types.includes(type)) {
    return `Flex may not show a file of type ${plainContentType(file.contentType).slice(0, 100)}. ${KEPT}`;
  }
  return file.size > bytes ? `Flex may not show a file of more than ${bytes / MB} MB here. ${KEPT}` : undefined;
}
