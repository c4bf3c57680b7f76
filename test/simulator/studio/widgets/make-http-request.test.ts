import { jsonAnswer, say, state, studioBench } from "../studio-bench";

const FORM = "application/x-www-form-urlencoded;charset=utf-8";
const JSON_TYPE = "application/json;charset=utf-8";

it("posts its form body and parameters", async () => {
  const bench = await studioBench().run(
    request({ body: "a=1&b={{trigger.conversation.Body}}", parameters: [{ key: "c", value: "{{flow.sid}}" }] }),
    ...ends,
  );
  expect(bench.requests).toEqual([
    expect.objectContaining({
      method: "POST",
      url: "http://localhost:9/hours",
      params: { a: "1", b: "hello", c: bench.execution().sid },
      timeoutMs: 10_000,
    }),
  ]);
});

it("gets with its parameters, without a body", async () => {
  const parameters = [{ key: "c", value: "1" }];
  const bench = await studioBench().run(request({ method: "GET", body: "a=1", parameters }), ...ends);
  expect(bench.requests).toEqual([expect.objectContaining({ method: "GET", params: { c: "1" } })]);
});

it("hands the answer to the Flow and leaves by success", async () => {
  const bench = await studioBench({ answer: () => jsonAnswer({ open: true }) }).run(request(), ...ends);
  expect(bench.botTexts()).toEqual(["success"]);
  expect(bench.outputs("hours")).toEqual({
    body: '{"open":true}',
    content_type: "application/json",
    status_code: 200,
    parsed: { open: true },
  });
});

it("leaves by failed, with 81016 and the answer, at a bad status", async () => {
  const bench = await studioBench({ answer: () => jsonAnswer({ why: "busy" }, 503) }).run(request(), ...ends);
  expect(bench.botTexts()).toEqual(["failed"]);
  expect(bench.codes()).toEqual([81016]);
  expect(bench.outputs("hours")).toMatchObject({ status_code: 503, parsed: { why: "busy" } });
});

it("leaves by failed with nothing when no answer comes", async () => {
  const answer = { status: 0, headers: {}, body: "", failure: "timeout" } as const;
  const bench = await studioBench({ answer: () => answer }).run(request(), ...ends);
  expect(bench.botTexts()).toEqual(["failed"]);
  expect(bench.outputs("hours")).toEqual({});
});

it.each([
  ["a parameter called method", { parameters: [{ key: "method", value: "x" }] }],
  ["a URL that renders to nothing", { url: "{{flow.variables.url}}" }],
])("leaves by failed, with 81014, at %s", async (_what, properties) => {
  const bench = await studioBench().run(request(properties), ...ends);
  expect(bench.botTexts()).toEqual(["failed"]);
  expect(bench.codes()).toEqual([81014]);
  expect(bench.requests).toEqual([]);
});

it("leaves by failed and says so for a JSON body, which is not simulated", async () => {
  const bench = await studioBench().run(request({ content_type: JSON_TYPE, body: "{}" }), ...ends);
  expect(bench.botTexts()).toEqual(["failed"]);
  expect(bench.requests).toEqual([]);
  expect(bench.world.log.entries.map(({ name }) => name)).toContain("not simulated: JSON bodies of make-http-request");
});

const ends = [say("success", "success"), say("failed", "failed")];

function request(properties: Record<string, unknown> = {}) {
  const defaults = { method: "POST", url: "http://localhost:9/hours", content_type: FORM };
  return state("make-http-request", "hours", { ...defaults, ...properties }, { success: "success", failed: "failed" });
}
