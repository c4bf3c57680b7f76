import { ApiError, notFound } from "../server/api-error";
import { page } from "../server/page";
import type { Params } from "../server/params";
import { type ApiRequest, created, noContent, ok, type Routes } from "../server/routes";
import type { World } from "../world";
import { isJsonObject, type JsonObject, parseJson } from "./json";
import type { ExecutionRow, StepRow } from "./rows";
import { studioWire } from "./wire";

const HOST = "studio.twilio.com";
const EXECUTIONS = "/v2/Flows/:flow/Executions";
const EXECUTION = `${EXECUTIONS}/:execution`;
const STEP = `${EXECUTION}/Steps/:step`;

/** https://www.twilio.com/docs/studio/rest-api/v2/execution */
export function executionRoutes(world: World): Routes {
  const render = studioWire(world.account);
  const executionOf = ({ params }: ApiRequest) => world.studio.execution(params.flow ?? "", params.execution ?? "");

  function stepOf(request: ApiRequest): [ExecutionRow, StepRow] {
    const execution = executionOf(request);
    const step = world.studio.stepsOf(execution.sid).find(({ sid }) => sid === request.params.step);
    if (!step)
      throw notFound(`/v2/Flows/${execution.flowSid}/Executions/${execution.sid}/Steps/${request.params.step}`);
    return [execution, step];
  }

  return {
    [`POST ${EXECUTIONS}`]({ params, form }) {
      const flow = world.studio.flow(params.flow ?? "");
      const request = { to: form.require("To"), from: form.require("From"), parameters: readParameters(form) };
      return created(render.execution(world.studio.startExecution(flow, request)));
    },
    [`GET ${EXECUTIONS}`](request) {
      const { sid } = world.studio.flow(request.params.flow ?? "");
      const isWanted = createdBetween(request.form);
      const rows = [...world.studio.executions.values()].filter((row) => row.flowSid === sid && isWanted(row));
      return page(request, rows.reverse(), { host: HOST, key: "executions", render: render.execution });
    },
    [`GET ${EXECUTION}`]: (request) => ok(render.execution(executionOf(request))),
    [`POST ${EXECUTION}`](request) {
      const execution = executionOf(request);
      if (request.form.require("Status") !== "ended") throw new ApiError(400, 20001, "Status must be ended");
      // Unverified: what Twilio answers for one that has ended already.
      world.studio.endExecution(execution, "ended by REST");
      return ok(render.execution(execution));
    },
    [`DELETE ${EXECUTION}`](request) {
      world.studio.deleteExecution(executionOf(request));
      return noContent();
    },
    [`GET ${EXECUTION}/Context`]: (request) => ok(render.executionContext(executionOf(request))),
    [`GET ${EXECUTION}/Steps`](request) {
      const execution = executionOf(request);
      const rows = world.studio.stepsOf(execution.sid).toReversed();
      return page(request, rows, { host: HOST, key: "steps", render: (step) => render.step(execution, step) });
    },
    [`GET ${STEP}`]: (request) => ok(render.step(...stepOf(request))),
    [`GET ${STEP}/Context`]: (request) => ok(render.stepContext(...stepOf(request))),
  };
}

function readParameters(form: Params): JsonObject {
  const text = form.get("Parameters");
  if (!text) return {};
  const parameters = parseJson(text);
  if (!isJsonObject(parameters)) throw new ApiError(400, 20001, "Parameters must hold a JSON object");
  return parameters;
}

function createdBetween(form: Params): (row: ExecutionRow) => boolean {
  const from = instant(form, "DateCreatedFrom") ?? Number.NEGATIVE_INFINITY;
  const to = instant(form, "DateCreatedTo") ?? Number.POSITIVE_INFINITY;
  return ({ createdAt }) => createdAt.getTime() >= from && createdAt.getTime() <= to;
}

function instant(form: Params, name: string): number | undefined {
  const text = form.get(name);
  if (!text) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new ApiError(400, 20001, `${name} must be an ISO 8601 date`);
  return ms;
}
