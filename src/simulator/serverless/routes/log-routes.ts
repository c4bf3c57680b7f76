import { notFound } from "../../server/api-error";
import { page } from "../../server/page";
import type { Params } from "../../server/params";
import { ok, type Routes } from "../../server/routes";
import { finder } from "../find";
import { type Serverless, select } from "../tables";
import { HOST, serverlessWire } from "../wire";

const LOGS = "/v1/Services/:service/Environments/:environment/Logs";

/** https://www.twilio.com/docs/serverless/api/resource/logs: what deployed Functions printed, newest first. */
export function logRoutes(serverless: Serverless): Routes {
  const { account, logs } = serverless;
  const { log: render } = serverlessWire(account.sid);
  const find = finder(serverless);

  return {
    [`GET ${LOGS}`](request) {
      const { sid } = find.environment(request);
      const { form } = request;
      const functionSid = form.get("FunctionSid");
      const [start, end] = [dateIn(form, "StartDate"), dateIn(form, "EndDate")];
      const rows = select(
        logs,
        (row) =>
          row.environmentSid === sid &&
          (!functionSid || row.functionSid === functionSid) &&
          (!start || row.createdAt >= start) &&
          (!end || row.createdAt <= end),
      );
      return page(request, rows.reverse(), { host: HOST, key: "logs", render });
    },
    [`GET ${LOGS}/:log`](request) {
      const row = find.within(request, logs, request.params.log);
      if (row.environmentSid !== find.environment(request).sid) throw notFound(request.url);
      return ok(render(row));
    },
  };
}

function dateIn(form: Params, name: string): Date | undefined {
  const text = form.get(name);
  return text === undefined ? undefined : new Date(text);
}
