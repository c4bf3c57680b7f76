import { ApiError, notFound } from "../../server/api-error";
import { page } from "../../server/page";
import { created, ok, type Routes } from "../../server/routes";
import { statusOf } from "../builds";
import { finder } from "../find";
import type { DeploymentRow } from "../rows";
import { type Serverless, select } from "../tables";
import { HOST, serverlessWire } from "../wire";

const DEPLOYMENTS = "/v1/Services/:service/Environments/:environment/Deployments";

/** https://www.twilio.com/docs/serverless/api/resource/deployment: from here on, the environment serves that Build. */
export function deploymentRoutes(serverless: Serverless): Routes {
  const { account, builds, clock, deployments, newSid } = serverless;
  const { deployment: render } = serverlessWire(account.sid);
  const find = finder(serverless);

  return {
    [`GET ${DEPLOYMENTS}`](request) {
      const { sid } = find.environment(request);
      const rows = select(deployments, ({ environmentSid }) => environmentSid === sid).reverse();
      return page(request, rows, { host: HOST, key: "deployments", render });
    },
    [`POST ${DEPLOYMENTS}`](request) {
      const environment = find.environment(request);
      const build = builds.get(request.form.require("BuildSid"));
      // Which status and code Twilio answers for a Build that is not there or not ready is unverified.
      if (build?.serviceSid !== environment.serviceSid) throw new ApiError(400, 20001, "BuildSid names no Build here");
      if (statusOf(build, clock.now()) !== "completed") throw new ApiError(400, 20001, "The Build is not completed");
      const { serviceSid, sid: environmentSid } = environment;
      const row: DeploymentRow = {
        sid: newSid("ZD"),
        serviceSid,
        environmentSid,
        buildSid: build.sid,
        createdAt: clock.now(),
      };
      deployments.set(row.sid, row);
      environment.buildSid = build.sid;
      environment.updatedAt = row.createdAt;
      return created(render(row));
    },
    [`GET ${DEPLOYMENTS}/:deployment`](request) {
      const row = find.within(request, deployments, request.params.deployment);
      if (row.environmentSid !== find.environment(request).sid) throw notFound(request.url);
      return ok(render(row));
    },
  };
}
