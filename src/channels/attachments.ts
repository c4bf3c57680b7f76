import { type AttachedFile, type AttachmentReason, attachmentVerdict, isShown } from "./attachment-verdict";
import type { Channel } from "./channel";
import { kindOf } from "./file-types";
import { fileLimits, LIMITS, textSize } from "./limits";
import type { OutgoingText, Rendered } from "./rich-text/rendered";
import { splitMessage } from "./rich-text/write-rendered";

/** What goes out at once: some text, a file, or both where the channel lets them share a Message. */
export interface PlannedMessage<File> extends Partial<OutgoingText> {
  file?: File;
}

export interface RefusedFile<File> {
  file: File;
  reason: AttachmentReason;
  words: string;
}

export interface MessagePlan<File> {
  messages: PlannedMessage<File>[];
  refused: RefusedFile<File>[];
}

/**
 * What to send to a customer, in order: the text in as many Messages as it takes, then each file in one of its own. A
 * text short enough for a caption goes with the first file.
 */
export function planMessages<File extends AttachedFile>(
  channel: Channel,
  { text, files = [], customer }: { text?: Rendered; files?: readonly File[]; customer?: string },
): MessagePlan<File> {
  const verdicts = files.map((file) => ({
    file,
    verdict: attachmentVerdict(channel, "toCustomer", file, { customer }),
  }));
  const accepted = verdicts.flatMap(({ file, verdict }) => (verdict.ok ? [file] : []));
  const refused = verdicts.flatMap(({ file, verdict }) =>
    verdict.ok ? [] : [{ file, reason: verdict.reason, words: verdict.words }],
  );
  const [first, ...others] = accepted;
  const caption = first && text && captionOf(channel, text, first);
  if (first && caption)
    return { messages: [{ ...caption, file: first }, ...others.map((file) => ({ file }))], refused };
  return { messages: [...(text ? splitMessage(text) : []), ...accepted.map((file) => ({ file }))], refused };
}

/** A file that is not shown in the chat travels as a document, whatever it is. */
function captionOf(channel: Channel, text: Rendered, file: AttachedFile): OutgoingText | undefined {
  const caption = fileLimits(channel, "toCustomer")?.caption;
  const kind = isShown(channel, file) ? kindOf(file.contentType) : "document";
  const [written, ...more] = splitMessage(text);
  if (!caption?.kinds.includes(kind) || !written || more.length > 0) return undefined;
  return textSize(written.text, LIMITS[channel].toCustomer.text.unit) <= caption.most ? written : undefined;
}
