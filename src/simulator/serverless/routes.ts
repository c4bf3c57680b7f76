import { notFound } from "../server/api-error";
import { page } from "../server/page";
import { type ApiRequest, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import type { EnvironmentRow, ServiceRow } from "./rows";
import { seedRows } from "./seed-rows";
import { renderEnvironment, renderService } from "./wire";

const HOST = "serverless.twilio.com";

/** https://www.twilio.com/docs/serverless/api, what finds out where the Functions are; nothing can be deployed here. */
export function serverlessRoutes({ account, clock }: Pick<World, "account" | "clock">): Routes {
  const { services, environments } = seedRows(account, clock.now());
  const serviceView = (row: ServiceRow) => renderService(row, account.sid);
  const environmentView = (row: EnvironmentRow) => renderEnvironment(row, account.sid);

  function serviceIn({ params }: ApiRequest): ServiceRow {
    const service = services.find(({ sid, uniqueName }) => sid === params.service || uniqueName === params.service);
    if (!service) throw notFound(`/Services/${params.service}`);
    return service;
  }

  function environmentsIn(request: ApiRequest): EnvironmentRow[] {
    const service = serviceIn(request);
    return environments.filter(({ serviceSid }) => serviceSid === service.sid);
  }

  return {
    "GET /v1/Services": (request) => page(request, services, { host: HOST, key: "services", render: serviceView }),
    "GET /v1/Services/:service": (request) => ok(serviceView(serviceIn(request))),
    "GET /v1/Services/:service/Environments": (request) =>
      page(request, environmentsIn(request), { host: HOST, key: "environments", render: environmentView }),
    "GET /v1/Services/:service/Environments/:environment"(request) {
      const environment = environmentsIn(request).find(({ sid }) => sid === request.params.environment);
      if (!environment) throw notFound(request.url);
      return ok(environmentView(environment));
    },
  };
}
