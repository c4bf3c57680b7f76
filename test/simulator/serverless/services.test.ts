import { account } from "../../../src/simulator/seeds";
import { sid } from "../contract/requests";
import { serverlessAccount } from "./account";

describe("the seeded account", () => {
  const { call } = serverlessAccount({ seeded: true });

  it("has one service, under its SID and under its unique name", async () => {
    const byName = await call("GET /v1/Services/flex-conversations");
    const bySid = await call(`GET /v1/Services/${account.serverlessServiceSid}`);
    expect(byName).toMatchObject({ status: 200, body: { sid: account.serverlessServiceSid } });
    expect(bySid.body).toEqual(byName.body);
    expect((await call("GET /v1/Services")).body).toMatchObject({ services: [byName.body], meta: { key: "services" } });
  });

  it("serves Functions under the domain of its base and its environment's suffix", async () => {
    const { body: service } = await call("GET /v1/Services/flex-conversations");
    const { body } = await call("GET /v1/Services/flex-conversations/Environments");
    expect(body).toMatchObject({
      environments: [{ unique_name: "dev-environment", domain_suffix: "dev", domain_name: account.functionsDomain }],
    });
    expect(`${(service as { domain_base: string }).domain_base}-dev.twil.io`).toBe(account.functionsDomain);
    const [environment] = (body as { environments: { sid: string }[] }).environments;
    const fetched = await call(`GET /v1/Services/flex-conversations/Environments/${environment?.sid}`);
    expect(fetched).toEqual({ status: 200, body: environment });
  });

  it.each([
    "/v1/Services/other",
    "/v1/Services/other/Environments",
    `/v1/Services/flex-conversations/Environments/${sid("ZE")}`,
    `/v1/Services/flex-conversations/Functions/${sid("ZH")}`,
    `/v1/Services/flex-conversations/Builds/${sid("ZB")}`,
  ])("has no %s", async (path) => {
    expect(await call(`GET ${path}`)).toMatchObject({ status: 404, body: { code: 20404 } });
  });
});

describe("services", () => {
  it("are created, changed and deleted with all that is in them", async () => {
    const { call, service, create } = serverlessAccount();
    const serviceSid = await service();
    const environment = await create(`/${serviceSid}/Environments`, {
      UniqueName: "dev-environment",
      DomainSuffix: "dev",
    });
    await create(`/${serviceSid}/Environments/${environment}/Variables`, { Key: "A", Value: "1" });
    const form = { FriendlyName: "Care", UiEditable: "true" };
    expect((await call(`POST /v1/Services/${serviceSid}`, { form })).body).toMatchObject({
      friendly_name: "Care",
      ui_editable: true,
      include_credentials: true,
    });
    expect(await call(`DELETE /v1/Services/${serviceSid}`)).toEqual({ status: 204 });
    expect((await call("GET /v1/Services")).body).toMatchObject({ services: [] });
    expect((await call(`GET /v1/Services/${serviceSid}/Environments/${environment}`)).status).toBe(404);
  });

  it("have names of their own: a second of the same name is refused", async () => {
    const { call, service } = serverlessAccount();
    await service("care");
    const again = await call("POST /v1/Services", { form: { UniqueName: "care", FriendlyName: "Other" } });
    expect(again).toMatchObject({ status: 409, body: { code: 20409 } });
  });

  it.each(["no spaces", "x".repeat(51), "under_score"])("are not named %j", async (UniqueName) => {
    const { call } = serverlessAccount();
    expect((await call("POST /v1/Services", { form: { UniqueName, FriendlyName: "x" } })).status).toBe(400);
  });
});

describe("environments", () => {
  it("have domains of their service's base and their own suffix, or none", async () => {
    const { call, create, service } = serverlessAccount();
    const serviceSid = await service();
    await create(`/${serviceSid}/Environments`, { UniqueName: "production" });
    await create(`/${serviceSid}/Environments`, { UniqueName: "stage-environment", DomainSuffix: "stage" });
    const { body } = await call(`GET /v1/Services/${serviceSid}/Environments`);
    const { environments } = body as { environments: { domain_name: string }[] };
    expect(environments.map(({ domain_name: name }) => name)).toEqual(["care-1234.twil.io", "care-1234-stage.twil.io"]);
  });

  it.each([
    { UniqueName: "dev-environment", DomainSuffix: "other" },
    { UniqueName: "other", DomainSuffix: "dev" },
  ])("clash by name and by suffix: %j after dev", async (form) => {
    const { call, create, service } = serverlessAccount();
    const path = `/${await service()}/Environments`;
    await create(path, { UniqueName: "dev-environment", DomainSuffix: "dev" });
    expect((await call(`POST /v1/Services${path}`, { form })).status).toBe(409);
  });

  it("keep variables: set, changed, deleted, each key once", async () => {
    const { call, create, service } = serverlessAccount();
    const serviceSid = await service();
    const environment = await create(`/${serviceSid}/Environments`, {
      UniqueName: "dev-environment",
      DomainSuffix: "dev",
    });
    const path = `/${serviceSid}/Environments/${environment}/Variables`;
    const variable = await create(path, { Key: "FLEX_WORKFLOW_SID", Value: "WW1" });
    expect((await call(`POST /v1/Services${path}`, { form: { Key: "FLEX_WORKFLOW_SID", Value: "x" } })).status).toBe(
      409,
    );
    await call(`POST /v1/Services${path}/${variable}`, { form: { Value: "WW2" } });
    expect((await call(`GET /v1/Services${path}`)).body).toMatchObject({
      variables: [{ sid: variable, key: "FLEX_WORKFLOW_SID", value: "WW2" }],
    });
    expect((await call(`DELETE /v1/Services${path}/${variable}`)).status).toBe(204);
    expect((await call(`GET /v1/Services${path}/${variable}`)).status).toBe(404);
    expect((await call(`POST /v1/Services${path}`, { form: { Key: "A", Value: "x".repeat(451) } })).status).toBe(400);
  });
});
