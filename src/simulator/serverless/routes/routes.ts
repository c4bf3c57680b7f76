import type { Routes } from "../../server/routes";
import type { Packager } from "../packager";
import type { Serverless } from "../tables";
import { buildRoutes } from "./build-routes";
import { deploymentRoutes } from "./deployment-routes";
import { environmentRoutes } from "./environment-routes";
import { logRoutes } from "./log-routes";
import { resourceRoutes } from "./resource-routes";
import { serviceRoutes } from "./service-routes";
import { variableRoutes } from "./variable-routes";
import { versionRoutes } from "./version-routes";

/** https://www.twilio.com/docs/serverless/api, but for uploads, which have their own host. */
export function serverlessRoutes(serverless: Serverless, packager: Packager): Routes {
  return {
    ...serviceRoutes(serverless),
    ...environmentRoutes(serverless),
    ...variableRoutes(serverless),
    ...resourceRoutes(serverless, "function"),
    ...resourceRoutes(serverless, "asset"),
    ...versionRoutes(serverless, "function"),
    ...versionRoutes(serverless, "asset"),
    ...buildRoutes(serverless, packager),
    ...deploymentRoutes(serverless),
    ...logRoutes(serverless),
  };
}
