import { ApiError } from "../../server/api-error";
import { page } from "../../server/page";
import { created, noContent, ok, type Routes } from "../../server/routes";
import { finder } from "../find";
import type { EnvironmentRow } from "../rows";
import { remove, type Serverless, select } from "../tables";
import { HOST, serverlessWire } from "../wire";
import { alreadyExists } from "./service-routes";

const ENVIRONMENTS = "/v1/Services/:service/Environments";

/** https://www.twilio.com/docs/serverless/api/resource/environment */
export function environmentRoutes(serverless: Serverless): Routes {
  const { account, clock, newSid, environments } = serverless;
  const { environment: render } = serverlessWire(account.sid);
  const find = finder(serverless);
  const of = ({ sid }: { sid: string }) => select(environments, ({ serviceSid }) => serviceSid === sid);

  return {
    [`GET ${ENVIRONMENTS}`]: (request) =>
      page(request, of(find.service(request)), { host: HOST, key: "environments", render }),
    [`POST ${ENVIRONMENTS}`](request) {
      const service = find.service(request);
      const uniqueName = request.form.require("UniqueName");
      const domainSuffix = readSuffix(request.form.get("DomainSuffix"));
      const clashes = of(service).some((row) => row.uniqueName === uniqueName || row.domainSuffix === domainSuffix);
      // The words of https://github.com/RJPearson94/terraform-provider-twilio/issues/78.
      if (clashes) throw alreadyExists("Environment with this UniqueName or DomainSuffix already exists.");
      const now = clock.now();
      const row: EnvironmentRow = {
        sid: newSid("ZE"),
        serviceSid: service.sid,
        uniqueName,
        domainSuffix,
        domainName: `${[service.domainBase, domainSuffix].filter(Boolean).join("-")}.twil.io`,
        buildSid: null,
        createdAt: now,
        updatedAt: now,
      };
      environments.set(row.sid, row);
      return created(render(row));
    },
    [`GET ${ENVIRONMENTS}/:environment`]: (request) => ok(render(find.environment(request))),
    [`DELETE ${ENVIRONMENTS}/:environment`](request) {
      const { sid } = find.environment(request);
      for (const table of [serverless.variables, serverless.deployments, serverless.logs]) {
        remove<{ environmentSid: string }>(table, ({ environmentSid }) => environmentSid === sid);
      }
      environments.delete(sid);
      return noContent();
    },
  };
}

function readSuffix(suffix: string | undefined): string | null {
  if (!suffix) return null;
  if (/^[A-Za-z0-9-]{1,16}$/.test(suffix)) return suffix;
  throw new ApiError(400, 20001, "DomainSuffix may have up to 16 letters, digits and hyphens");
}
