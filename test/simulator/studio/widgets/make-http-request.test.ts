import { account } from "../../../../src/simulator/seeds";
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

it("posts a JSON body as it renders, and its parameters in the query", async () => {
  const body = '{ "text": {{trigger.conversation.Body | to_json}} }';
  const bench = await studioBench().run(
    request({ content_type: JSON_TYPE, body, parameters: [{ key: "c", value: "{{trigger.conversation.Source}}" }] }),
    ...ends,
  );
  expect(bench.botTexts()).toEqual(["success"]);
  expect(bench.requests).toEqual([
    expect.objectContaining({
      method: "POST",
      url: "http://localhost:9/hours?c=SMS",
      params: {},
      content: { type: JSON_TYPE, text: '{ "text": "hello" }' },
    }),
  ]);
});

it.each([
  [true, [account.sid, account.authToken]],
  [false, undefined],
])("with add_twilio_auth %s signs in as %j", async (add_twilio_auth, login) => {
  const bench = await studioBench().run(request({ add_twilio_auth }), ...ends);
  expect(bench.requests[0]?.login).toEqual(login);
});

it("merges parsed across runs, and leaves by failed with nothing when no answer can be read", async () => {
  const answers = [jsonAnswer({ a: 1, b: 1 }), jsonAnswer({ b: 2 }), jsonAnswer({ text: "x".repeat(65_536) })];
  const bench = studioBench({ answer: () => answers.shift() ?? jsonAnswer({}) });
  await bench.run(...again(2), say("failed", "failed"));
  expect(bench.outputs("hours")?.parsed).toEqual({ a: 1, b: 2 });
  await bench.customerSays("on");
  expect(bench.outputs("hours")).toEqual({});
  expect(bench.codes()).toEqual([81016]);
});

const ends = [say("success", "success"), say("failed", "failed")];

function request(properties: Record<string, unknown> = {}) {
  const defaults = { method: "POST", url: "http://localhost:9/hours", content_type: FORM };
  return state("make-http-request", "hours", { ...defaults, ...properties }, { success: "success", failed: "failed" });
}

/** The request, so many times, then a question, then once more. */
function again(times: number) {
  const counted = state("split-based-on", "count", { input: "" });
  const condition = {
    friendly_name: "done",
    type: "equal_to",
    arguments: ["{{widgets.hours.parsed.b}}"],
    value: String(times),
  };
  counted.transitions = [
    { event: "match", next: "pause", conditions: [condition] },
    { event: "noMatch", next: "hours" },
  ];
  const asked = state(
    "send-and-wait-for-reply",
    "pause",
    { from: "Bot", body: "Go on?" },
    { incomingMessage: "hours" },
  );
  return [
    {
      ...request(),
      transitions: [
        { event: "success", next: "count" },
        { event: "failed", next: "failed" },
      ],
    },
    counted,
    asked,
  ];
}
