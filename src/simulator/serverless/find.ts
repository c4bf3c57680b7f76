import { notFound } from "../server/api-error";
import type { ApiRequest } from "../server/routes";
import type { EnvironmentRow, Kind, ResourceRow, ServiceRow, VersionRow } from "./rows";
import type { Serverless } from "./tables";

/** What a request's path names; 404 for what is not there, or not in there. */
export function finder({ services, environments, resources, versions }: Serverless) {
  function service({ params, url }: ApiRequest): ServiceRow {
    const asked = params.service;
    const row = [...services.values()].find(({ sid, uniqueName }) => sid === asked || uniqueName === asked);
    if (!row) throw notFound(url);
    return row;
  }

  /** A row of a table, as long as it belongs to the service the path names. */
  function within<Row extends { serviceSid: string }>(
    request: ApiRequest,
    table: Map<string, Row>,
    sid: string | undefined,
  ): Row {
    const row = table.get(sid ?? "");
    if (row?.serviceSid !== service(request).sid) throw notFound(request.url);
    return row;
  }

  const environment = (request: ApiRequest): EnvironmentRow =>
    within(request, environments, request.params.environment);

  function resource(request: ApiRequest, kind: Kind): ResourceRow {
    const row = within(request, resources, request.params.resource);
    if (row.kind !== kind) throw notFound(request.url);
    return row;
  }

  function version(request: ApiRequest, kind: Kind): VersionRow {
    const row = within(request, versions, request.params.version);
    if (row.resourceSid !== resource(request, kind).sid) throw notFound(request.url);
    return row;
  }

  return { service, within, environment, resource, version };
}
