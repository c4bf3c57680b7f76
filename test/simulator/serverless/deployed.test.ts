import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { Twilio } from "twilio";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks";
import { redirectTwilioHosts } from "../../../src/simulator/redirect/redirect-twilio";
import { account } from "../../../src/simulator/seeds";
import { type Simulator, startSimulator } from "../../../src/simulator/simulator";
import { bundleTool } from "../functions-host/hosting";

let simulator: Simulator;
let restore: () => void;
let twilio: Twilio;
let workerFile: string;
beforeAll(async () => {
  workerFile = await bundleTool("src/simulator/functions-host/worker.ts");
  simulator = await startSimulator({ functions: { workerFile, modules: resolve("node_modules"), processes: 1 } });
  restore = redirectTwilioHosts(simulator.port);
  twilio = new Twilio(account.sid, account.authToken);
});
afterAll(async () => {
  restore();
  await simulator.stop();
  rmSync(workerFile);
  expect(simulator.violations().map(({ name }) => name)).toEqual([]);
});

const HELLO = "exports.handler = (context, event, callback) => callback(null, 'hello');";
const answering = (expression: string) =>
  `exports.handler = (context, event, callback) => callback(null, JSON.stringify(${expression}));`;

it("serves what was uploaded, at its path, with its access", async () => {
  const { domain } = await deploy({
    "/open": { content: HELLO },
    "/deep/closed": { content: HELLO, access: "protected" },
    "/hidden": { content: HELLO, access: "private" },
    "/page.html": { content: "<p>hi</p>", kind: "Assets" },
  });
  expect(await get(`https://${domain}/open`)).toEqual({ status: 200, text: "hello" });
  expect((await get(`https://${domain}/deep/closed`)).status).toBe(403);
  const signature = getExpectedTwilioSignature(account.authToken, `https://${domain}/deep/closed`, {});
  expect((await get(`https://${domain}/deep/closed`, { "x-twilio-signature": signature })).text).toBe("hello");
  expect((await get(`https://${domain}/hidden`)).status).toBe(404);
  expect((await get(`https://${domain}/page.html`)).text).toBe("<p>hi</p>");
});

it("lets a Function require the dependencies of its Build and Node's own modules, and nothing else", async () => {
  const { domain } = await deploy({
    "/sdk": { content: `require("twilio/lib/webhooks/webhooks"); require("node:crypto"); ${HELLO}` },
    "/neighbour": { content: `require("./sdk"); ${HELLO}` },
    "/shared": { content: `require("../src/runtime/reply"); ${HELLO}` },
    "/installed-here": { content: `require("liquidjs"); ${HELLO}` },
  });
  expect((await get(`https://${domain}/sdk`)).text).toBe("hello");
  for (const path of ["/neighbour", "/shared", "/installed-here"]) {
    const { status, text } = await get(`https://${domain}${path}`);
    expect({ path, status, text }).toMatchObject({ status: 500, text: expect.stringContaining("Cannot find module") });
  }
});

it("gives Functions the deployed variables, what Twilio adds, and a change at once", async () => {
  const { domain, environment } = await deploy({
    "/variables": { content: answering("Object.entries(context).filter(([, value]) => typeof value === 'string')") },
  });
  const variable = await environment.variables.create({ key: "GREETING", value: "hello" });
  const before = Object.fromEntries(JSON.parse((await get(`https://${domain}/variables`)).text));
  expect(before).toEqual({
    ACCOUNT_SID: account.sid,
    AUTH_TOKEN: account.authToken,
    DOMAIN_NAME: domain,
    PATH: "/variables",
    SERVICE_SID: environment.serviceSid,
    ENVIRONMENT_SID: environment.sid,
    GREETING: "hello",
  });
  await environment.variables(variable.sid).update({ value: "good evening" });
  const after = Object.fromEntries(JSON.parse((await get(`https://${domain}/variables`)).text));
  expect(after.GREETING).toBe("good evening");
});

it("serves a new deployment in the place of the old one", async () => {
  const first = await deploy({ "/greet": { content: answering("'first'") }, "/gone": { content: HELLO } });
  const second = await deploy({ "/greet": { content: answering("'second'") } }, first.service.sid);
  expect(second.domain).toBe(first.domain);
  expect((await get(`https://${first.domain}/greet`)).text).toBe('"second"');
  expect((await get(`https://${first.domain}/gone`)).status).toBe(404);
});

it("gives back an uploaded Function's content, and lists what Functions printed", async () => {
  const content = `exports.handler = (context, event, callback) => { console.warn("gr\u00fcezi", 1); callback(null, ""); };`;
  const { domain, service, environment, versions } = await deploy({ "/prints": { content } });
  const [version] = versions;
  const kept = await service
    .functions(version?.resource ?? "")
    .functionVersions(version?.sid ?? "")
    .functionVersionContent();
  expect((await kept.fetch()).content).toBe(content);
  await get(`https://${domain}/prints`);
  const [line] = await environment.logs.list();
  expect(line).toMatchObject({ level: "warn", message: "gr\u00fcezi 1", functionSid: version?.resource });
  expect((await environment.logs(line?.sid ?? "").fetch()).message).toBe(line?.message);
});

it("answers an upload with the Version that can be fetched", async () => {
  const { service, versions } = await deploy({ "/hello": { content: HELLO } });
  const [version] = versions;
  const url = `https://serverless.twilio.com/v1/Services/${service.sid}/Functions/${version?.resource}/Versions/${version?.sid}`;
  const response = await fetch(url, { headers: { authorization } });
  expect(await response.json()).toEqual(version?.answer);
});

it.each([
  [{ Path: "hello" }, "Path must begin with /"],
  [{ Path: "/a b" }, "Path must begin with /"],
  [{ Visibility: "open" }, "Visibility must be one of"],
  [{ Content: undefined }, "Missing required parameter Content"],
])("refuses an upload with %j", async (changes, words) => {
  const service = await newService();
  const { sid } = await twilio.serverless.v1.services(service.sid).functions.create({ friendlyName: "/hello" });
  const { status, answer } = await upload(service.sid, "Functions", sid, { ...uploadOf("/hello", HELLO), ...changes });
  expect({ status, answer }).toMatchObject({ status: 400, answer: { message: expect.stringContaining(words) } });
});

interface Upload {
  content: string;
  access?: string;
  kind?: "Functions" | "Assets";
}

const authorization = `Basic ${Buffer.from(`${account.sid}:${account.authToken}`).toString("base64")}`;
const uploadOf = (Path: string, Content: string, Visibility = "public"): Record<string, string | undefined> => ({
  Path,
  Visibility,
  Content,
});

let services = 0;
function newService() {
  services += 1;
  const uniqueName = `service-${services}`;
  return twilio.serverless.v1.services.create({ uniqueName, friendlyName: uniqueName, includeCredentials: true });
}

/** Does what deployment tools do: uploads, builds, deploys to an environment. */
async function deploy(files: Record<string, Upload>, existing?: string) {
  const service = twilio.serverless.v1.services(existing ?? (await newService()).sid);
  const versions: { resource: string; kind: string; sid: string; answer: Record<string, unknown> }[] = [];
  for (const [path, { content, access, kind = "Functions" }] of Object.entries(files)) {
    const create = { friendlyName: path };
    const resources = kind === "Functions" ? service.functions : service.assets;
    const { sid: resource } = await resources.create(create);
    const { serviceSid } = await (kind === "Functions"
      ? service.functions(resource)
      : service.assets(resource)
    ).fetch();
    const { answer } = await upload(serviceSid, kind, resource, uploadOf(path, content, access));
    versions.push({ resource, kind, sid: String(answer.sid), answer });
  }
  const of = (kind: string) => versions.filter((version) => version.kind === kind).map(({ sid }) => sid);
  const dependencies = JSON.stringify([{ name: "twilio", version: "6.2.0" }]);
  const change = { functionVersions: of("Functions"), assetVersions: of("Assets"), dependencies };
  const { sid: buildSid } = await service.builds.create(change);
  await simulator.advance(1);
  const { sid } = await service.fetch();
  const [current] = await service.environments.list();
  const row = current ?? (await service.environments.create({ uniqueName: "dev-environment", domainSuffix: "dev" }));
  const environment = Object.assign(service.environments(row.sid), { sid: row.sid, serviceSid: sid });
  await environment.deployments.create({ buildSid });
  return { service: Object.assign(service, { sid }), environment, domain: row.domainName, versions };
}

async function upload(service: string, kind: string, resource: string, fields: Record<string, string | undefined>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (name === "Content" && value !== undefined) form.append(name, new Blob([value]), "content");
    else if (value !== undefined) form.append(name, value);
  }
  const url = `https://serverless-upload.twilio.com/v1/Services/${service}/${kind}/${resource}/Versions`;
  const response = await fetch(url, { method: "POST", headers: { authorization }, body: form });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

async function get(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers });
  return { status: response.status, text: await response.text() };
}
