import { loadContract } from "../../../src/simulator/contract/contract";
import { ApiError } from "../../../src/simulator/server/api-error";
import { Params } from "../../../src/simulator/server/params";
import type { ApiReply } from "../../../src/simulator/server/routes";
import { studioRoutes } from "../../../src/simulator/studio/routes";
import { ask, flowOf, say, state, studioBench } from "./studio-bench";

const contract = loadContract();
const host = "studio.twilio.com";

it("creates a Flow and shows it with its definition", async () => {
  const api = studioApi();
  const definition = flowOf(say("greet", "Hello"));
  const created = await api.post("/v2/Flows", flowForm({ definition, CommitMessage: "first" }));
  expect(created).toMatchObject({
    friendly_name: "Welcome",
    status: "draft",
    revision: 1,
    commit_message: "first",
    valid: true,
    errors: [],
    warnings: [],
    webhook_url: `https://webhooks.twilio.com/v1/Accounts/${created.account_sid}/Flows/${created.sid}`,
  });
  expect(await api.get(`/v2/Flows/${created.sid}`)).toEqual(created);
  expect(created.definition).toEqual(definition);
});

it("lists Flows without their definitions", async () => {
  const api = studioApi();
  const { sid } = await api.post("/v2/Flows", flowForm());
  expect(await api.get("/v2/Flows")).toMatchObject({ flows: [{ sid, definition: null, valid: null }] });
});

it("makes a new Revision with every update and keeps the old ones", async () => {
  const api = studioApi();
  const { sid, definition } = await api.post("/v2/Flows", flowForm({ definition: flowOf(say("greet", "Old")) }));
  await api.post(`/v2/Flows/${sid}`, { Status: "published" });
  const last = await api.post(`/v2/Flows/${sid}`, {
    Status: "draft",
    Definition: JSON.stringify(flowOf(say("greet", "New"))),
  });
  expect(last).toMatchObject({ revision: 3, status: "draft", friendly_name: "Welcome" });
  const { revisions } = await api.get(`/v2/Flows/${sid}/Revisions`);
  expect(revisions).toMatchObject([{ revision: 3 }, { revision: 2, definition: null }, { revision: 1 }]);
  expect(await api.get(`/v2/Flows/${sid}/Revisions/LatestPublished`)).toMatchObject({ revision: 2, definition });
  expect(await api.get(`/v2/Flows/${sid}/Revisions/LatestRevision`)).toMatchObject({ revision: 3 });
  expect(await api.get(`/v2/Flows/${sid}/Revisions/1`)).toMatchObject({ revision: 1, status: "draft" });
});

it.each(["0", "9", "Latest"])("does not find revision %s, with 81021", async (revision) => {
  const api = studioApi();
  const { sid } = await api.post("/v2/Flows", flowForm());
  expect(await api.refusal("GET", `/v2/Flows/${sid}/Revisions/${revision}`)).toMatchObject({
    status: 404,
    code: 81021,
  });
});

it("says that a right definition is valid and stores nothing", async () => {
  const api = studioApi();
  expect(await api.post("/v2/Flows/Validate", flowForm())).toEqual({ valid: true });
  expect(api.bench.studio.flows.size).toBe(0);
});

it.each(["/v2/Flows", "/v2/Flows/Validate"])("refuses a wrong definition at %s with every fault", async (path) => {
  const definition = flowOf(state("send-message", "greet", { body: 1 }));
  const refusal = await studioApi().refusal("POST", path, flowForm({ definition }));
  expect(refusal).toMatchObject({
    status: 400,
    code: 81022,
    details: {
      errors: [
        { property_path: "#/states/1/properties/from", message: "is missing but it is required" },
        { property_path: "#/states/1/properties/body", message: "integer found, string expected" },
      ],
    },
  });
});

it("refuses a wrong definition in an update and keeps what it had", async () => {
  const api = studioApi();
  const { sid } = await api.post("/v2/Flows", flowForm());
  expect(await api.refusal("POST", `/v2/Flows/${sid}`, { Status: "draft", Definition: "{}" })).toMatchObject({
    code: 81022,
  });
  expect(await api.get(`/v2/Flows/${sid}`)).toMatchObject({ revision: 1 });
});

it("deletes a Flow and ends what ran in it", async () => {
  const api = studioApi();
  const flow = api.bench.attach(ask("ask", "Yes?"));
  await api.bench.customerSays("hello");
  await api.delete(`/v2/Flows/${flow}`);
  expect(await api.refusal("GET", `/v2/Flows/${flow}`)).toMatchObject({ status: 404, code: 20404 });
  expect(api.bench.execution().status).toBe("ended");
});

it("starts an Execution, shows its context and its steps", async () => {
  const api = studioApi();
  const flow = api.bench.attach(
    state("set-variables", "keep", { variables: [{ key: "a", value: "{{flow.data.a}}" }] }),
  );
  const started = await api.post(`/v2/Flows/${flow}/Executions`, { ...contact, Parameters: '{"a":"1"}' });
  expect(started).toMatchObject({ status: "active", contact_channel_address: contact.To, context: {} });
  await api.bench.settled();
  const path = `/v2/Flows/${flow}/Executions/${started.sid}`;
  expect(await api.get(path)).toMatchObject({ status: "ended" });
  expect(await api.get(`${path}/Context`)).toMatchObject({
    context: { flow: { sid: started.sid, data: { a: "1" }, variables: { a: "1" } }, widgets: { keep: { a: "1" } } },
  });
  const { steps } = await api.get(`${path}/Steps`);
  expect(steps).toMatchObject([
    { name: "next", type: "set-variables", transitioned_from: "keep", transitioned_to: "Ended" },
    { name: "incomingRequest", type: "trigger", transitioned_from: "Trigger", transitioned_to: "keep" },
  ]);
  const [, first] = steps as { sid: string }[];
  expect(await api.get(`${path}/Steps/${first?.sid}`)).toEqual((steps as unknown[])[1]);
  const { context } = await api.get(`${path}/Steps/${first?.sid}/Context`);
  expect((context as { widgets: unknown }).widgets).toEqual({});
});

it("refuses a second active Execution for the same To and From", async () => {
  const api = studioApi({ answer: () => new Promise(() => {}) });
  const flow = api.bench.attach(state("run-function", "lookup", { url: "https://a.twil.io/b" }));
  await api.post(`/v2/Flows/${flow}/Executions`, contact);
  expect(await api.refusal("POST", `/v2/Flows/${flow}/Executions`, contact)).toMatchObject({ status: 409 });
});

it("refuses To and From of more than 300 bytes, with 81023", async () => {
  const api = studioApi();
  const flow = api.bench.attach(say("greet", "Hi"));
  const long = { To: "é".repeat(148), From: "12345" };
  expect(await api.refusal("POST", `/v2/Flows/${flow}/Executions`, long)).toMatchObject({ status: 400, code: 81023 });
});

it("ends an Execution that waits, and its customer can start anew", async () => {
  const api = studioApi();
  const flow = api.bench.attach(ask("ask", "Yes?"));
  await api.bench.customerSays("hello");
  const path = `/v2/Flows/${flow}/Executions/${api.bench.execution().sid}`;
  expect(await api.post(path, { Status: "ended" })).toMatchObject({ status: "ended" });
  await api.bench.customerSays("hello again");
  expect(api.bench.botTexts()).toEqual(["Yes?", "Yes?"]);
});

it("ends an Execution with Status=ended alone", async () => {
  const api = studioApi();
  const flow = api.bench.attach(ask("ask", "Yes?"));
  await api.bench.customerSays("hello");
  const path = `/v2/Flows/${flow}/Executions/${api.bench.execution().sid}`;
  expect(await api.refusal("POST", path, { Status: "active" })).toMatchObject({ status: 400, code: 20001 });
  expect(api.bench.execution().status).toBe("active");
});

it("deletes an Execution with its steps and its wait", async () => {
  const api = studioApi();
  const flow = api.bench.attach(ask("ask", "Yes?", { timeout: "bye" }, "60"), say("bye", "Bye"));
  await api.bench.customerSays("hello");
  const path = `/v2/Flows/${flow}/Executions/${api.bench.execution().sid}`;
  await api.delete(path);
  await api.bench.secondsPass(61);
  expect(api.bench.botTexts()).toEqual(["Yes?"]);
  expect(await api.refusal("GET", path)).toMatchObject({ status: 404, code: 20404 });
  expect(api.bench.studio.steps.size).toBe(0);
});

it("lists a Flow's Executions, newest first, by date", async () => {
  const api = studioApi();
  const flow = api.bench.attach(say("greet", "Hi"));
  await api.bench.customerSays("one");
  await api.bench.secondsPass(3600);
  await api.bench.customerSays("two");
  const [first, second] = [...api.bench.studio.executions.keys()];
  const other = await api.post("/v2/Flows", flowForm());
  expect(await api.get(`/v2/Flows/${other.sid}/Executions`)).toMatchObject({ executions: [] });
  expect(await api.get(`/v2/Flows/${flow}/Executions`)).toMatchObject({
    executions: [{ sid: second }, { sid: first }],
  });
  const since = new Date(api.bench.world.clock.ms() - 60_000).toISOString();
  const { executions } = await api.get(`/v2/Flows/${flow}/Executions?DateCreatedFrom=${since}`);
  expect(executions).toMatchObject([{ sid: second }]);
});

it("does not show an Execution under another Flow", async () => {
  const api = studioApi();
  api.bench.attach(say("greet", "Hi"));
  await api.bench.customerSays("hello");
  const other = await api.post("/v2/Flows", flowForm());
  const path = `/v2/Flows/${other.sid}/Executions/${api.bench.execution().sid}`;
  expect(await api.refusal("GET", path)).toMatchObject({ status: 404 });
});

const contact = { To: "+15550101001", From: "+15550100100" };

function flowForm({ definition = flowOf(say("greet", "Hello")) as unknown, ...rest }: Record<string, unknown> = {}) {
  return { FriendlyName: "Welcome", Status: "draft", Definition: JSON.stringify(definition), ...rest };
}

type Body = Record<string, unknown>;

/** Calls Studio's routes, holding every answer against Twilio's OpenAPI document. */
function studioApi(options: Parameters<typeof studioBench>[0] = {}) {
  const bench = studioBench(options);
  const routes = Object.entries(studioRoutes(bench.world)).map(([key, handler]) => {
    const [method, pattern = ""] = key.split(" ");
    return { method, path: new RegExp(`^${pattern.replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`), handler };
  });

  async function call(method: string, url: string, form: Body = {}): Promise<ApiReply> {
    const [path = "", query = ""] = url.split("?");
    // `Validate` is listed before `:flow`, as the server's router prefers fixed words.
    const route = routes.find((one) => one.method === method && one.path.test(path));
    if (!route) throw new Error(`no route for ${method} ${path}`);
    const search = method === "GET" ? new URLSearchParams(query) : new URLSearchParams(form as Record<string, string>);
    const params = { ...route.path.exec(path)?.groups };
    const reply = await Promise.resolve({ params, form: new Params(search), headers: {}, url })
      .then(route.handler)
      .catch((error) => {
        if (error instanceof ApiError) return { status: error.status, body: error.body() };
        throw error;
      });
    const operation = contract.find(host, method, path);
    expect(operation && contract.checkResponse(operation, reply.status, reply.body)).toEqual([]);
    return reply;
  }

  async function succeed(method: string, url: string, form?: Body): Promise<Body> {
    const { status, body } = await call(method, url, form);
    if (status >= 400) throw new Error(`${method} ${url}: ${JSON.stringify(body)}`);
    return (body ?? {}) as Body;
  }

  return {
    bench,
    get: (url: string) => succeed("GET", url),
    post: (url: string, form: Body) => succeed("POST", url, form),
    delete: (url: string) => succeed("DELETE", url),
    async refusal(method: string, url: string, form?: Body): Promise<Body> {
      const { status, body } = await call(method, url, form);
      if (status < 400) throw new Error(`${method} ${url} was not refused`);
      return body as Body;
    },
  };
}
