import { ApiError } from "../../server/api-error";
import { page } from "../../server/page";
import type { Params } from "../../server/params";
import { type ApiRequest, created, noContent, ok, type Routes } from "../../server/routes";
import { BUILD_MS, DEFAULT_RUNTIME, statusOf, versionsOf, whyItFails } from "../builds";
import { finder } from "../find";
import type { Packager } from "../packager";
import type { BuildRow, Dependency, Kind, ServiceRow } from "../rows";
import { type Serverless, select } from "../tables";
import { HOST, serverlessWire } from "../wire";

const BUILDS = "/v1/Services/:service/Builds";

/** https://www.twilio.com/docs/serverless/api/resource/build */
export function buildRoutes(serverless: Serverless, packager: Packager): Routes {
  const { account, builds, clock, environments, newSid } = serverless;
  const wire = serverlessWire(account.sid);
  const find = finder(serverless);
  const status = (row: BuildRow) => statusOf(row, clock.now());
  const render = (row: BuildRow) =>
    wire.build(
      row,
      status(row),
      versionsOf(serverless, row.functionVersions),
      versionsOf(serverless, row.assetVersions),
    );
  const buildIn = (request: ApiRequest) => find.within(request, builds, request.params.build);

  function newBuild(form: Params, service: ServiceRow): BuildRow {
    const build = {
      sid: newSid("ZB"),
      serviceSid: service.sid,
      functionVersions: readVersions(form, "FunctionVersions", "function", service),
      assetVersions: readVersions(form, "AssetVersions", "asset", service),
      dependencies: readDependencies(form.get("Dependencies")),
      runtime: form.get("Runtime") ?? DEFAULT_RUNTIME,
      doneAt: new Date(clock.ms() + BUILD_MS),
      createdAt: clock.now(),
    };
    const failure = packager.isBroken() ? "a fault ordered by a lever" : whyItFails(serverless, build);
    if (failure) packager.tell(`build ${build.sid} fails: ${failure}`);
    return { ...build, failure };
  }

  function readVersions(form: Params, name: string, kind: Kind, service: ServiceRow): string[] {
    const sids = form.all(name);
    const known = versionsOf(serverless, sids).filter((row) => row.kind === kind && row.serviceSid === service.sid);
    if (known.length === sids.length) return sids;
    throw new ApiError(400, 20001, `${name} names what is no ${kind} version of this service`);
  }

  return {
    [`GET ${BUILDS}`](request) {
      const { sid } = find.service(request);
      // Newest first, as observed in the Console; unverified for the API.
      const rows = select(builds, ({ serviceSid }) => serviceSid === sid).reverse();
      return page(request, rows, { host: HOST, key: "builds", render });
    },
    [`POST ${BUILDS}`](request) {
      const row = newBuild(request.form, find.service(request));
      builds.set(row.sid, row);
      return created(render(row));
    },
    [`GET ${BUILDS}/:build`]: (request) => ok(render(buildIn(request))),
    [`GET ${BUILDS}/:build/Status`](request) {
      const row = buildIn(request);
      return ok(wire.buildStatus(row, status(row)));
    },
    [`DELETE ${BUILDS}/:build`](request) {
      const { sid } = buildIn(request);
      const live = [...environments.values()].some(({ buildSid }) => buildSid === sid);
      // That a deployed Build cannot be deleted is documented; status and code are unverified.
      if (live) throw new ApiError(400, 20001, "The Build is deployed and cannot be deleted");
      builds.delete(sid);
      return noContent();
    },
  };
}

/** JSON text; Twilio's own tools wrap it in another pair of quotation marks, without escaping those inside. */
function readDependencies(text: string | undefined): Dependency[] {
  if (!text) return [];
  try {
    const list: unknown = JSON.parse(text.replace(/^"(\[.*\])"$/s, "$1"));
    if (Array.isArray(list)) return list.map(({ name, version }) => ({ name: String(name), version: String(version) }));
  } catch {
    // Refused below, like JSON of another shape.
  }
  throw new ApiError(400, 20001, "Dependencies must be a JSON array of objects with name and version");
}
