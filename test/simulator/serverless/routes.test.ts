import { createClock } from "../../../src/simulator/clock";
import { account } from "../../../src/simulator/seeds";
import { serverlessRoutes } from "../../../src/simulator/serverless/routes";
import { callerOf } from "../contract/call-routes";
import { sid } from "../contract/requests";

const clock = createClock(async () => undefined);
const call = callerOf("serverless.twilio.com", serverlessRoutes({ account, clock }));

it("finds the service by SID and by unique name", async () => {
  const byName = await call("GET /v1/Services/flex-conversations");
  const bySid = await call(`GET /v1/Services/${account.serverlessServiceSid}`);
  expect(byName).toMatchObject({ status: 200, body: { sid: account.serverlessServiceSid } });
  expect(bySid.body).toEqual(byName.body);
});

it("lists the one service", async () => {
  const { body: service } = await call("GET /v1/Services/flex-conversations");
  expect((await call("GET /v1/Services")).body).toMatchObject({ services: [service], meta: { key: "services" } });
});

it("tells under which domain the Functions are served", async () => {
  const { body } = await call("GET /v1/Services/flex-conversations/Environments");
  expect(body).toMatchObject({
    environments: [{ unique_name: "dev-environment", domain_suffix: "dev", domain_name: account.functionsDomain }],
  });
});

it("makes the domain of the service's base and the environment's suffix", async () => {
  const { body } = await call("GET /v1/Services/flex-conversations");
  const { domain_base: base } = body as { domain_base: string };
  expect(`${base}-dev.twil.io`).toBe(account.functionsDomain);
});

it("fetches one environment", async () => {
  const { body } = await call("GET /v1/Services/flex-conversations/Environments");
  const [environment] = (body as { environments: { sid: string }[] }).environments;
  const fetched = await call(`GET /v1/Services/flex-conversations/Environments/${environment?.sid}`);
  expect(fetched).toEqual({ status: 200, body: environment });
});

it.each([
  "/v1/Services/other",
  "/v1/Services/other/Environments",
  `/v1/Services/flex-conversations/Environments/${sid("ZE")}`,
])("has no %s", async (path) => {
  expect(await call(`GET ${path}`)).toMatchObject({ status: 404, body: { code: 20404 } });
});
