import type { World } from "../world";
import { directLink } from "./direct-links";
import type { MediaRow } from "./rows";

/**
 * A Media resource. Its `url` and `links.content` are paths, as captured in https://github.com/weni-ai/mailroom
 * (twilioflex2); the direct link is made anew for each answer.
 */
export function mediaWire(world: World, row: MediaRow) {
  const url = `/v1/Services/${row.serviceSid}/Media/${row.sid}`;
  return {
    sid: row.sid,
    service_sid: row.serviceSid,
    date_created: row.createdAt.toISOString(),
    date_upload_updated: row.createdAt.toISOString(),
    date_updated: row.updatedAt.toISOString(),
    links: { content: `${url}/Content`, content_direct_temporary: directLink(world, row.sid) },
    size: row.size,
    content_type: row.contentType,
    filename: row.filename,
    author: row.author,
    category: row.category,
    message_sid: row.messageSid,
    channel_sid: row.conversationSid,
    url,
    is_multipart_upstream: row.multipart,
  };
}
