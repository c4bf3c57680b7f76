import type { Account } from "../seeds";
import { sidFor } from "../sids";
import type { EnvironmentRow, ServiceRow } from "./rows";

/** The names `twilio-run deploy` gives to what it creates: https://www.twilio.com/docs/labs/serverless-toolkit/deploying */
const NAME = "flex-conversations";
const ENVIRONMENT = "dev-environment";
const SUFFIX = "dev";

/** The account as after a first deployment: one service with one environment, where its Functions are served. */
export function seedRows(account: Account, now: Date): { services: ServiceRow[]; environments: EnvironmentRow[] } {
  const dates = { createdAt: now, updatedAt: now };
  const service: ServiceRow = {
    sid: account.serverlessServiceSid,
    uniqueName: NAME,
    friendlyName: NAME,
    domainBase: account.functionsDomain.replace(`-${SUFFIX}.twil.io`, ""),
    ...dates,
  };
  const environment: EnvironmentRow = {
    sid: sidFor("ZE", `${NAME}/${ENVIRONMENT}`),
    serviceSid: service.sid,
    uniqueName: ENVIRONMENT,
    domainSuffix: SUFFIX,
    domainName: account.functionsDomain,
    buildSid: null,
    ...dates,
  };
  return { services: [service], environments: [environment] };
}
