import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { validateRequest, validateRequestWithBody } from "twilio/lib/webhooks/webhooks";
import { account } from "../../../src/simulator/seeds";
import { CUSTOMER, SENDER, useSimulator } from "../use-simulator";
import { drawn, flowOf, state } from "./studio-bench";

const sim = useSimulator();

const JSON_TYPE = "application/json;charset=utf-8";

describe("what Flows ask of a program on this machine", () => {
  const heard: { method?: string; path: string; body: string; signature: string; type?: string }[] = [];
  const answers = new Map<string, (response: ServerResponse) => void>();
  let server: Server;
  const origin = () => `http://localhost:${(server.address() as AddressInfo).port}`;
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      heard.push(await read(request));
      const answer = answers.get(String(request.url).split("?")[0] ?? "");
      if (answer) answer(response);
      else response.setHeader("content-type", "application/json").end('{"found":true}');
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
  });
  afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  beforeEach(() => {
    heard.length = 0;
    answers.clear();
  });

  it("posts a Function's parameters as a signed form", async () => {
    const parameters = [{ key: "name", value: "{{flow.data.name}}" }];
    const outputs = await run(state("run-function", "call", { url: `${origin()}/f?a=1`, parameters }));
    expect(heard).toMatchObject([{ method: "POST", path: "/f?a=1", body: "name=Zo%C3%AB" }]);
    expect(isSigned(heard[0], "")).toBe(true);
    expect(outputs).toMatchObject({ status_code: 200, content_type: "application/json", parsed: { found: true } });
  });

  it("posts JSON with its hash in the URL, and signs that", async () => {
    const body = '{ "name": {{flow.data.name | to_json}} }';
    await run(request({ body, content_type: JSON_TYPE }));
    expect(heard).toMatchObject([{ method: "POST", type: JSON_TYPE, body: '{ "name": "Zoë" }' }]);
    expect(heard[0]?.path).toMatch(/^\/f\?bodySHA256=[0-9a-f]{64}$/);
    expect(isSigned(heard[0], heard[0]?.body ?? "")).toBe(true);
  });

  it.each([
    [302, "GET", ""],
    [307, "POST", "name=x"],
  ])("follows a %i with %s", async (status, method, body) => {
    answers.set("/f", (response) => response.writeHead(status, { location: "/g" }).end());
    const parameters = [{ key: "name", value: "x" }];
    const outputs = await run(state("run-function", "call", { url: `${origin()}/f`, parameters }));
    expect(heard.map(({ path }) => path)).toEqual(["/f", "/g"]);
    expect(heard[1]).toMatchObject({ method, body });
    expect(outputs).toMatchObject({ status_code: 200, parsed: { found: true } });
  });

  it("gives up a redirect that goes in circles", async () => {
    answers.set("/f", (response) => response.writeHead(302, { location: "/f" }).end());
    expect(await run(state("run-function", "call", { url: `${origin()}/f` }))).toMatchObject({ status_code: 302 });
    expect(heard).toHaveLength(11);
  });

  it("reaches no other machine", async () => {
    const outputs = await run(request({ url: "https://example.com/", content_type: JSON_TYPE }));
    expect(outputs).toEqual({});
    expect(sim.simulator.log.entries.map(({ data }) => data?.code)).toContain(81016);
  });

  function request(properties: object) {
    return state("make-http-request", "call", { method: "POST", url: `${origin()}/f`, ...properties });
  }

  function isSigned(call: (typeof heard)[number] | undefined, json: string) {
    const { path = "", body = "", signature = "" } = call ?? {};
    const url = origin() + path;
    if (json) return validateRequestWithBody(account.authToken, signature, url, json);
    return validateRequest(account.authToken, signature, url, Object.fromEntries(new URLSearchParams(body)));
  }
});

/** Starts a Flow of one widget by REST; answers its outputs. */
async function run(widget: ReturnType<typeof state>) {
  const definition = drawn(flowOf(widget));
  const { flows } = sim.twilio.studio.v2;
  const flow = flows((await flows.create({ friendlyName: "Flow", status: "published", definition })).sid);
  const { sid } = await flow.executions.create({ to: CUSTOMER, from: SENDER, parameters: { name: "Zoë" } });
  await sim.simulator.settled();
  const { context } = await flow.executions(sid).executionContext().fetch();
  return context.widgets[widget.name];
}

async function read(request: IncomingMessage) {
  let body = "";
  for await (const chunk of request) body += chunk;
  const signature = String(request.headers["x-twilio-signature"]);
  return { method: request.method, path: String(request.url), body, signature, type: request.headers["content-type"] };
}
