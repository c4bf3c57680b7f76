import { ApiError, missingParameter } from "../../server/api-error";
import { page } from "../../server/page";
import type { Params } from "../../server/params";
import { created, noContent, ok, type Routes } from "../../server/routes";
import { finder } from "../find";
import type { ServiceRow } from "../rows";
import { remove, type Serverless } from "../tables";
import { HOST, serverlessWire } from "../wire";

/** https://www.twilio.com/docs/serverless/api/resource/service */
export function serviceRoutes(serverless: Serverless): Routes {
  const { account, clock, newSid, services } = serverless;
  const { service: render } = serverlessWire(account.sid);
  const find = finder(serverless);

  return {
    "GET /v1/Services": (request) => page(request, [...services.values()], { host: HOST, key: "services", render }),
    "POST /v1/Services"({ form }) {
      const uniqueName = readUniqueName(form);
      const taken = [...services.values()].some((row) => row.uniqueName === uniqueName);
      if (taken) throw alreadyExists(`Service with UniqueName ${uniqueName} already exists`);
      const now = clock.now();
      const row: ServiceRow = {
        sid: newSid("ZS"),
        uniqueName,
        friendlyName: form.require("FriendlyName"),
        includeCredentials: form.bool("IncludeCredentials") ?? true,
        uiEditable: form.bool("UiEditable") ?? false,
        // Four digits, random at Twilio; counted here, so that the first service's domain can be named.
        domainBase: `${uniqueName.toLowerCase()}-${1234 + services.size}`,
        createdAt: now,
        updatedAt: now,
      };
      services.set(row.sid, row);
      return created(render(row));
    },
    "GET /v1/Services/:service": (request) => ok(render(find.service(request))),
    "POST /v1/Services/:service"(request) {
      const row = find.service(request);
      const { form } = request;
      row.friendlyName = form.get("FriendlyName") ?? row.friendlyName;
      row.includeCredentials = form.bool("IncludeCredentials") ?? row.includeCredentials;
      row.uiEditable = form.bool("UiEditable") ?? row.uiEditable;
      row.updatedAt = clock.now();
      return ok(render(row));
    },
    "DELETE /v1/Services/:service"(request) {
      const { sid } = find.service(request);
      const { environments, variables, resources, versions, builds, deployments, logs } = serverless;
      remove(variables, ({ environmentSid }) => environments.get(environmentSid)?.serviceSid === sid);
      for (const table of [environments, resources, versions, builds, deployments, logs]) {
        remove<{ serviceSid: string }>(table, ({ serviceSid }) => serviceSid === sid);
      }
      services.delete(sid);
      return noContent();
    },
  };
}

/** Its length and characters are documented; the code of the refusal is unverified. */
function readUniqueName(form: Params): string {
  const name = form.require("UniqueName");
  if (!form.get("FriendlyName")) throw missingParameter("FriendlyName");
  if (/^[A-Za-z0-9-]{1,50}$/.test(name)) return name;
  throw new ApiError(400, 20001, "UniqueName may have up to 50 letters, digits and hyphens");
}

/** 409 is reported (https://github.com/twilio/twilio-cli/issues/211); the code is unverified. */
export function alreadyExists(message: string): ApiError {
  return new ApiError(409, 20409, message);
}
