import { notFound } from "../server/api-error";
import type { World } from "../world";
import { type RenderedContent, renderContent } from "./render";
import type { ContentRow } from "./rows";
import { seedContents } from "./seed";

/** The account's templates. */
export interface Content {
  readonly contents: Map<string, ContentRow>;
  content(sid: string): ContentRow;
  /**
   * What a Message with a ContentSid and ContentVariables (JSON text) says on a channel (`sms`, `whatsapp`, `messenger`).
   * Throws ApiError with Twilio's codes.
   */
  render(contentSid: string, variables: string | undefined, channel: string): RenderedContent;
}

export function createContent(world: World): Content {
  const seeded = seedContents(world.clock.now());
  const contents = world.memory.keep("content", new Map(seeded.map((row) => [row.sid, row])));
  return {
    contents,
    content(sid) {
      const row = contents.get(sid);
      if (!row) throw notFound(`Content/${sid}`);
      return row;
    },
    render: (contentSid, variables, channel) => renderContent(contents.get(contentSid), variables, channel),
  };
}
