import * as z from "zod/mini";
import { page } from "../server/page";
import { created, noContent, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import type { ContentRow } from "./rows";
import { contentWire } from "./wire";

const HOST = "content.twilio.com";

/** The contract has held the body to Twilio's types already. */
const newContent = z.object({
  friendly_name: z._default(z.string(), ""),
  language: z.string(),
  variables: z._default(z.record(z.string(), z.string()), {}),
  types: z.record(z.string(), z.unknown()),
});

/** content.twilio.com v1: https://www.twilio.com/docs/content/content-api-resources */
export function contentRoutes(world: World): Routes {
  const { contents, content } = world.content;
  const wire = contentWire(world.account.sid);
  const list = (render: (row: ContentRow) => unknown): Routes[string] => {
    return (request) => page(request, [...contents.values()], { host: HOST, key: "contents", render });
  };
  return {
    "GET /v1/Content": list(wire.content),
    "GET /v1/ContentAndApprovals": list(wire.contentAndApprovals),
    "POST /v1/Content"({ json }) {
      const { friendly_name: friendlyName, ...given } = newContent.parse(json);
      const now = world.clock.now();
      const row = { sid: world.newSid("HX"), friendlyName, ...given, approval: null, createdAt: now, updatedAt: now };
      contents.set(row.sid, row);
      return created(wire.content(row));
    },
    "GET /v1/Content/:sid": ({ params }) => ok(wire.content(content(String(params.sid)))),
    "GET /v1/Content/:sid/ApprovalRequests": ({ params }) => ok(wire.approvals(content(String(params.sid)))),
    "DELETE /v1/Content/:sid"({ params }) {
      contents.delete(content(String(params.sid)).sid);
      return noContent();
    },
  };
}
