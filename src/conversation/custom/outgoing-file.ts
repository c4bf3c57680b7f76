import { DeliveryError, type OutgoingFile } from "../../channels/adapter";
import { FILE_TYPES, typeOfContent } from "../../channels/file-types";
import type { MessageFile } from "../../twilio/media";
import { downloadMedia, linkToMedia, type MediaService } from "../../twilio/media-content";
import type { CustomConversation } from "./whose-conversation";

/** A file of a Message, for the platform to fetch or to be given. One that cannot be had now may be had later. */
export function outgoingFile(
  { sid, contentType, size, filename }: MessageFile,
  media: MediaService,
  { customer }: CustomConversation,
): OutgoingFile {
  const had = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (cause) {
      const words = "The file could not be fetched from Twilio.";
      throw new DeliveryError(customer.channel, "unavailable", words, { cause });
    }
  };
  return {
    ...{ contentType, size, filename: filename || nameFor(contentType) },
    link: () => had(linkToMedia(media, sid)),
    content: () => had(downloadMedia(media, sid, { most: size }).then(({ content }) => content)),
  };
}

function nameFor(contentType: string): string {
  const type = typeOfContent(contentType);
  return type ? `file.${FILE_TYPES[type].extensions[0]}` : "file";
}
