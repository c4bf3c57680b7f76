import { sidFor } from "../sids";
import type { Serverless } from "./tables";

/** The names `twilio-run deploy` gives to what it creates: https://www.twilio.com/docs/labs/serverless-toolkit/deploying */
const NAME = "flex-conversations";
const ENVIRONMENT = "dev-environment";
const SUFFIX = "dev";

/** The account as after a first deployment: one service with one environment, where its Functions are served. */
export function seedService({ account, clock, services, environments }: Serverless): void {
  const now = clock.now();
  const service = {
    sid: account.serverlessServiceSid,
    uniqueName: NAME,
    friendlyName: NAME,
    includeCredentials: true,
    uiEditable: false,
    domainBase: account.functionsDomain.replace(`-${SUFFIX}.twil.io`, ""),
    createdAt: now,
    updatedAt: now,
  };
  const environment = {
    sid: sidFor("ZE", `${NAME}/${ENVIRONMENT}`),
    serviceSid: service.sid,
    uniqueName: ENVIRONMENT,
    domainSuffix: SUFFIX,
    domainName: account.functionsDomain,
    buildSid: null,
    createdAt: now,
    updatedAt: now,
  };
  services.set(service.sid, service);
  environments.set(environment.sid, environment);
}
