import { page } from "../../server/page";
import { created, noContent, ok, type Routes } from "../../server/routes";
import { finder } from "../find";
import type { Kind, ResourceRow } from "../rows";
import { remove, type Serverless, select } from "../tables";
import { HOST, serverlessWire } from "../wire";

/**
 * https://www.twilio.com/docs/serverless/api/resource/function and https://www.twilio.com/docs/serverless/api/resource/asset:
 * the same but for their names.
 */
export function resourceRoutes(serverless: Serverless, kind: Kind): Routes {
  const { account, clock, newSid, resources, versions } = serverless;
  const { resource: render } = serverlessWire(account.sid);
  const find = finder(serverless);
  const key = kind === "function" ? "functions" : "assets";
  const base = `/v1/Services/:service/${kind === "function" ? "Functions" : "Assets"}`;

  return {
    [`GET ${base}`](request) {
      const { sid } = find.service(request);
      const rows = select(resources, (row) => row.kind === kind && row.serviceSid === sid);
      return page(request, rows, { host: HOST, key, render });
    },
    [`POST ${base}`](request) {
      const { sid: serviceSid } = find.service(request);
      const now = clock.now();
      const friendlyName = request.form.require("FriendlyName");
      const row: ResourceRow = { sid: newSid("ZH"), kind, serviceSid, friendlyName, createdAt: now, updatedAt: now };
      resources.set(row.sid, row);
      return created(render(row));
    },
    [`GET ${base}/:resource`]: (request) => ok(render(find.resource(request, kind))),
    [`POST ${base}/:resource`](request) {
      const row = find.resource(request, kind);
      row.friendlyName = request.form.require("FriendlyName");
      row.updatedAt = clock.now();
      return ok(render(row));
    },
    [`DELETE ${base}/:resource`](request) {
      const { sid } = find.resource(request, kind);
      remove(versions, ({ resourceSid }) => resourceSid === sid);
      resources.delete(sid);
      return noContent();
    },
  };
}
