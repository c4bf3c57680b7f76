import { page } from "../../server/page";
import { ok, type Routes } from "../../server/routes";
import { finder } from "../find";
import type { Kind } from "../rows";
import { type Serverless, select } from "../tables";
import { HOST, serverlessWire } from "../wire";

/**
 * https://www.twilio.com/docs/serverless/api/resource/function-version and
 * https://www.twilio.com/docs/serverless/api/resource/asset-version. Only a Function's content can be read back.
 */
export function versionRoutes(serverless: Serverless, kind: Kind): Routes {
  const { version: render, content } = serverlessWire(serverless.account.sid);
  const find = finder(serverless);
  const versions = `/v1/Services/:service/${kind === "function" ? "Functions" : "Assets"}/:resource/Versions`;
  const routes: Routes = {
    [`GET ${versions}`](request) {
      const { sid } = find.resource(request, kind);
      const rows = select(serverless.versions, ({ resourceSid }) => resourceSid === sid);
      return page(request, rows, { host: HOST, key: `${kind}_versions`, render });
    },
    [`GET ${versions}/:version`]: (request) => ok(render(find.version(request, kind))),
  };
  if (kind === "asset") return routes;
  return {
    ...routes,
    [`GET ${versions}/:version/Content`]: (request) => ok(content(find.version(request, kind))),
  };
}
