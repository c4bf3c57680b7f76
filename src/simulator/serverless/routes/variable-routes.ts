import { ApiError, notFound } from "../../server/api-error";
import { page } from "../../server/page";
import type { Params } from "../../server/params";
import { type ApiRequest, created, noContent, ok, type Routes } from "../../server/routes";
import { finder } from "../find";
import type { VariableRow } from "../rows";
import { type Serverless, select } from "../tables";
import { HOST, serverlessWire } from "../wire";
import { alreadyExists } from "./service-routes";

const VARIABLES = "/v1/Services/:service/Environments/:environment/Variables";

/** https://www.twilio.com/docs/serverless/api/resource/variable */
export function variableRoutes(serverless: Serverless): Routes {
  const { account, clock, newSid, variables } = serverless;
  const wire = serverlessWire(account.sid);
  const find = finder(serverless);
  const of = (sid: string) => select(variables, ({ environmentSid }) => environmentSid === sid);

  function variableIn(request: ApiRequest): VariableRow {
    const row = variables.get(request.params.variable ?? "");
    if (row?.environmentSid !== find.environment(request).sid) throw notFound(request.url);
    return row;
  }

  const render = (request: ApiRequest) => (row: VariableRow) => wire.variable(row, find.environment(request));

  return {
    [`GET ${VARIABLES}`]: (request) =>
      page(request, of(find.environment(request).sid), { host: HOST, key: "variables", render: render(request) }),
    [`POST ${VARIABLES}`](request) {
      const environment = find.environment(request);
      const key = readKey(request.form);
      if (of(environment.sid).some((row) => row.key === key)) throw alreadyExists(`Variable ${key} already exists`);
      const now = clock.now();
      const value = readValue(request.form);
      const row = { sid: newSid("ZV"), environmentSid: environment.sid, key, value, createdAt: now, updatedAt: now };
      variables.set(row.sid, row);
      return created(render(request)(row));
    },
    [`GET ${VARIABLES}/:variable`]: (request) => ok(render(request)(variableIn(request))),
    [`POST ${VARIABLES}/:variable`](request) {
      const row = variableIn(request);
      if (request.form.has("Key")) row.key = readKey(request.form);
      if (request.form.has("Value")) row.value = readValue(request.form);
      row.updatedAt = clock.now();
      return ok(render(request)(row));
    },
    [`DELETE ${VARIABLES}/:variable`](request) {
      variables.delete(variableIn(request).sid);
      return noContent();
    },
  };
}

function readKey(form: Params): string {
  const key = form.require("Key");
  if (key.length <= 128) return key;
  throw new ApiError(400, 20001, "Key may have up to 128 characters");
}

function readValue(form: Params): string {
  const value = form.require("Value");
  if (Buffer.byteLength(value) <= 450) return value;
  throw new ApiError(400, 20001, "Value may have up to 450 bytes");
}
