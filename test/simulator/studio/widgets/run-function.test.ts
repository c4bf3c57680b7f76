import type { WebhookAnswer } from "../../../../src/simulator/webhooks/send-webhook";
import { jsonAnswer, say, state, studioBench } from "../studio-bench";

const url = "https://flex-conversations-1234-dev.twil.io/studio/lookup";

it("posts its rendered parameters and waits ten seconds at most", async () => {
  const bench = await studioBench().run(
    lookup({ parameters: [{ key: "text", value: "{{trigger.conversation.Body}}!" }] }),
    ...ends,
  );
  expect(bench.requests).toEqual([
    {
      name: "Studio run-function",
      url,
      params: { text: "hello!" },
      timeoutMs: 10_000,
      about: { executionSid: bench.execution().sid, conversationSid: bench.conversation.sid },
    },
  ]);
});

it.each([
  ["200", jsonAnswer({}), "success", []],
  ["204", { status: 204, headers: {}, body: "" }, "success", []],
  ["302", { status: 302, headers: {}, body: "" }, "success", []],
  ["400", jsonAnswer({}, 400), "fail", [81017]],
  ["500", jsonAnswer({}, 500), "fail", [81017]],
  ["no answer in time", noAnswer("timeout"), "fail", [81017]],
  ["a host that refuses", noAnswer("refused"), "fail", [81010]],
  ["64 KB", text("a".repeat(65_536)), "success", []],
  ["more than 64 KB", text("a".repeat(65_537)), "fail", [81017]],
])("takes %s for %s", async (_what, answer, event, codes) => {
  const bench = await studioBench({ answer: () => answer }).run(lookup(), ...ends);
  expect(bench.botTexts()).toEqual([event]);
  expect(bench.codes()).toEqual(codes);
});

it("leaves by fail, with 81010, where the URL renders to nothing", async () => {
  const bench = await studioBench().run(lookup({ url: "{{flow.variables.url}}" }), ...ends);
  expect(bench.botTexts()).toEqual(["fail"]);
  expect(bench.requests).toEqual([]);
});

it("hands body, status and a parsed object to the Flow", async () => {
  const answer: WebhookAnswer = {
    ...jsonAnswer({ name: "Ada" }),
    headers: { "content-type": "application/json; charset=utf-8", "x-twilio-function-concurrency": "3" },
  };
  const bench = await studioBench({ answer: () => answer }).run(lookup(), ...ends);
  expect(bench.outputs("lookup")).toEqual({
    body: '{"name":"Ada"}',
    content_type: "application/json; charset=utf-8",
    status_code: 200,
    parsed: { name: "Ada" },
    headers: { "x-twilio-function-concurrency": "3" },
  });
});

it.each([
  ["an array", jsonAnswer([1])],
  ["text that looks like JSON", text('{"name":"Ada"}')],
  ["broken JSON", { ...jsonAnswer({}), body: "{" }],
])("does not parse %s", async (_what, answer) => {
  const bench = await studioBench({ answer: () => answer }).run(lookup(), ...ends);
  expect(bench.outputs("lookup")).not.toHaveProperty("parsed");
});

it("merges parsed across runs of the same widget", async () => {
  const answers = [jsonAnswer({ a: 1, b: 1 }), text("nothing"), jsonAnswer({ b: 2, c: 2 }), jsonAnswer({}, 500)];
  const bench = studioBench({ answer: () => answers.shift() ?? jsonAnswer({}) });
  const rerun = state("run-function", "lookup", { url }, { success: "lookup", fail: "fail" });
  await bench.run(rerun, ...ends);
  expect(bench.outputs("lookup")?.parsed).toEqual({ a: 1, b: 2, c: 2 });
});

const ends = [say("success", "success"), say("fail", "fail")];

function lookup(properties: Record<string, unknown> = {}) {
  return state("run-function", "lookup", { url, ...properties }, { success: "success", fail: "fail" });
}

function noAnswer(failure: "timeout" | "refused"): WebhookAnswer {
  return { status: 0, headers: {}, body: "", failure };
}

function text(body: string): WebhookAnswer {
  return { status: 200, headers: { "content-type": "text/plain" }, body };
}
