import { dependencies as installed } from "../../../package.json";
import { BUILD_MS } from "../../../src/simulator/serverless/builds";
import { serverlessAccount } from "./account";

const twilio = [{ name: "twilio", version: installed.twilio }];

/** A service with one uploaded Function, and ways to build it. */
async function prepared() {
  const account = serverlessAccount();
  const { call, clock, service, uploaded } = account;
  const serviceSid = await service();
  const version = await uploaded(serviceSid, "/hello");
  const builds = `/v1/Services/${serviceSid}/Builds`;
  const form = { FunctionVersions: [version.sid], Dependencies: JSON.stringify(twilio), Runtime: "node22" };
  return {
    ...account,
    serviceSid,
    version,
    builds,
    async build(changes: Record<string, string | string[]> = {}) {
      const { status, body } = await call(`POST ${builds}`, { form: { ...form, ...changes } });
      return { status, ...(body as { sid: string }) };
    },
    async statusOf(sid: string) {
      return ((await call(`GET ${builds}/${sid}/Status`)).body as { status: string }).status;
    },
    finish: () => clock.advance(BUILD_MS),
  };
}

it("a Build is building first, then completed, and lists what is in it", async () => {
  const { build, builds, call, statusOf, finish, version } = await prepared();
  const { sid } = await build();
  expect(await statusOf(sid)).toBe("building");
  await finish();
  expect(await statusOf(sid)).toBe("completed");
  expect((await call(`GET ${builds}/${sid}`)).body).toMatchObject({
    status: "completed",
    runtime: "node22",
    dependencies: twilio,
    function_versions: [{ sid: version.sid, path: "/hello", visibility: "protected" }],
    asset_versions: [],
  });
});

it("takes the dependencies in the quotation marks that Twilio's tools put around them", async () => {
  const { build, builds, call } = await prepared();
  const { sid } = await build({ Dependencies: `"${JSON.stringify(twilio)}"` });
  expect((await call(`GET ${builds}/${sid}`)).body).toMatchObject({ dependencies: twilio });
});

it.each([
  [{ Dependencies: '[{"name":"left-pad","version":"1.3.0"}]' }, "left-pad@1.3.0 is not installed"],
  [{ Dependencies: '[{"name":"twilio","version":"5.0.0"}]' }, `but ${installed.twilio} is`],
  [{ Dependencies: '[{"name":"@twilio/runtime-handler","version":"^2.1.0"}]' }, "needs an exact version"],
  [{ Runtime: "node18" }, "the runtime node18"],
])("fails a Build of %j", async (changes, reason) => {
  const { build, statusOf, finish, told } = await prepared();
  const { sid } = await build(changes);
  expect(await statusOf(sid)).toBe("building");
  await finish();
  expect(await statusOf(sid)).toBe("failed");
  expect(told.join()).toContain(reason);
});

it("fails a Build of two Versions with one path", async () => {
  const { build, statusOf, finish, uploaded, serviceSid, version } = await prepared();
  const twin = await uploaded(serviceSid, "/hello");
  const { sid } = await build({ FunctionVersions: [version.sid, twin.sid] });
  await finish();
  expect(await statusOf(sid)).toBe("failed");
});

it("fails a Build when a lever says so", async () => {
  const { build, statusOf, finish, breakPackager } = await prepared();
  breakPackager();
  const { sid } = await build();
  await finish();
  expect(await statusOf(sid)).toBe("failed");
});

it.each<Record<string, string | string[]>>([
  { FunctionVersions: ["ZN00000000000000000000000000000000"] },
  { Dependencies: "twilio" },
])("refuses a Build of %j", async (changes) => {
  const { build } = await prepared();
  expect((await build(changes)).status).toBe(400);
});

it("deploys completed Builds only, and then keeps them", async () => {
  const { build, builds, call, create, finish, serviceSid } = await prepared();
  const environment = await create(`/${serviceSid}/Environments`, {
    UniqueName: "dev-environment",
    DomainSuffix: "dev",
  });
  const deployments = `/v1/Services/${serviceSid}/Environments/${environment}/Deployments`;
  const { sid: BuildSid } = await build();
  expect((await call(`POST ${deployments}`, { form: { BuildSid } })).status).toBe(400);
  await finish();
  const { status, body } = await call(`POST ${deployments}`, { form: { BuildSid } });
  expect(status).toBe(201);
  expect((await call(`GET ${deployments}`)).body).toMatchObject({ deployments: [body] });
  expect((await call(`GET ${deployments}/${(body as { sid: string }).sid}`)).body).toEqual(body);
  expect((await call(`GET /v1/Services/${serviceSid}/Environments/${environment}`)).body).toMatchObject({
    build_sid: BuildSid,
  });
  expect((await call(`DELETE ${builds}/${BuildSid}`)).status).toBe(400);
});

it("deletes Builds that are not deployed", async () => {
  const { build, builds, call } = await prepared();
  const { sid } = await build();
  expect((await call(`DELETE ${builds}/${sid}`)).status).toBe(204);
  expect((await call(`GET ${builds}`)).body).toMatchObject({ builds: [] });
});
