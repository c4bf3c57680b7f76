import * as z from "zod/mini";

/** A file of a Message, as it was declared. */
export interface MessageFile {
  sid: string;
  contentType: string;
  /** Bytes. */
  size: number;
  filename?: string;
}

const name = z.optional(z.nullable(z.string()));
const inRest = z.array(z.object({ sid: z.string(), content_type: z.string(), size: z.number(), filename: name }));
const inWebhook = z.array(
  z.object({ Sid: z.string(), ContentType: z.string(), Size: z.coerce.number(), Filename: name }),
);

/** The `media` of a Message read by REST; nothing where there is none. */
export function mediaOf(media: unknown): MessageFile[] {
  return (inRest.safeParse(media).data ?? []).map(({ sid, content_type, size, filename }) => ({
    ...{ sid, contentType: content_type, size },
    ...(filename ? { filename } : {}),
  }));
}

/** The `Media` of a webhook: JSON, with keys that are capitalised, unlike REST's. Undefined when it cannot be read. */
export function mediaInWebhook(json: string): MessageFile[] | undefined {
  return parse(json)?.map(({ Sid: sid, ContentType: contentType, Size: size, Filename: filename }) => ({
    ...{ sid, contentType, size },
    ...(filename ? { filename } : {}),
  }));
}

function parse(json: string) {
  try {
    return inWebhook.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
