import { findService } from "../conversations/store";
import { ApiError, missingParameter, notFound } from "../server/api-error";
import { type ApiReply, type ApiRequest, created, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { DIRECT_HOST, refuseLink } from "./direct-links";
import type { MediaRow } from "./rows";
import { mediaWire } from "./wire";

/** Media lives in one region: https://www.twilio.com/docs/conversations-classic/api/media-resource */
const MEDIA_HOST = "mcs.us1.twilio.com";

/** https://www.twilio.com/docs/conversations-classic/conversations-limits; the code is unverified. */
const LARGEST = 150 * 1024 * 1024;

export function mediaHosts(world: World): Record<string, Routes> {
  return { [MEDIA_HOST]: mediaRoutes(world), [DIRECT_HOST]: directRoutes(world) };
}

function mediaRoutes(world: World): Routes {
  const find = ({ params }: ApiRequest): MediaRow =>
    world.media.get(findService(world.conversations.store, String(params.service)).sid, String(params.media));
  return {
    "POST /v1/Services/:service/Media"(request) {
      const { sid: serviceSid } = findService(world.conversations.store, String(request.params.service));
      const upload = uploadIn(request);
      if (upload.content.length > LARGEST) throw new ApiError(413, 20413, "The file is larger than 150 MB");
      const { form } = request;
      const row = world.media.add({
        serviceSid,
        ...upload,
        filename: form.get("Filename") ?? upload.filename,
        author: form.get("Author"),
        category: form.get("Category"),
      });
      return created(mediaWire(world, row));
    },
    "GET /v1/Services/:service/Media/:media": (request) => ok(mediaWire(world, find(request))),
    "GET /v1/Services/:service/Media/:media/Content": (request) => contentOf(world, find(request)),
  };
}

function directRoutes(world: World): Routes {
  return {
    "GET /:media"({ params, form }) {
      const row = world.media.find(String(params.media));
      if (!row) throw notFound(String(params.media));
      refuseLink(world, row.sid, { expires: form.int("Expires"), signature: form.get("Signature") });
      return contentOf(world, row);
    },
  };
}

/** The file is the body, or the field `Media` of a form, which then has a name of its own. */
function uploadIn({ content, files, headers }: ApiRequest) {
  if (content) return { content, contentType: headers["content-type"] ?? UNKNOWN_TYPE, multipart: false };
  const file = files?.Media;
  if (!file) throw missingParameter("Media");
  return { content: file.content, contentType: file.type || UNKNOWN_TYPE, filename: file.name, multipart: true };
}

const UNKNOWN_TYPE = "application/octet-stream";

function contentOf(world: World, row: MediaRow): ApiReply {
  return {
    status: 200,
    content: world.media.content(row),
    headers: {
      "content-type": row.contentType,
      ...(row.filename ? { "content-disposition": disposition(row.filename) } : {}),
    },
  };
}

/** A name beyond ASCII goes twice, once as it is: https://www.rfc-editor.org/rfc/rfc6266#section-5 */
function disposition(filename: string): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\]/g, "_");
  const encoded = encodeURIComponent(filename).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"${plain === filename ? "" : `; filename*=UTF-8''${encoded}`}`;
}
