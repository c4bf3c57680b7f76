import { ask, flowStartedBy, say, set, state, studioBench } from "../studio-bench";

type Bench = ReturnType<typeof studioBench>;

it("runs the subflow, hands it parameters, and goes on by completed with what the subflow set", async () => {
  const bench = studioBench();
  const parameters = [
    { key: "lang", value: "{{flow.variables.lang}}", type: "string" },
    { key: "order", value: '{"id": 7}', type: "json_object" },
  ];
  const subflow = bench.publish(
    say("inside", "{{trigger.parent.parameters.lang}} {{trigger.parent.parameters.order.id}}", { sent: "keep" }),
    set("keep", { team: "sales" }),
  );
  await bench.run(set("prepare", { lang: "de" }, "down"), down(subflow, { parameters }), ...ends);
  expect(bench.botTexts()).toEqual(["de 7", "completed sales"]);
  expect(bench.execution()).toMatchObject({
    status: "ended",
    path: ["Trigger", "prepare", "down", "down.Trigger", "down.inside", "down.keep", "completed"],
  });
});

it("shows the subflow its parent's trigger and contact, but neither variables nor widgets", async () => {
  const bench = studioBench();
  const subflow = bench.publish(
    say(
      "inside",
      "{{trigger.conversation.Body}} {{contact.channel.address}} [{{flow.variables.lang}}{{widgets.prepare.lang}}]",
    ),
  );
  await bench.run(set("prepare", { lang: "de" }, "down"), down(subflow));
  expect(bench.botTexts()).toEqual(["hello +15550101001 []"]);
});

it("tells the subflow who runs it", async () => {
  const bench = studioBench();
  const keys = ["execution_sid", "flow_sid", "step_sid", "trigger_type"];
  const subflow = bench.publish(say("inside", keys.map((key) => `{{trigger.parent.${key}}}`).join(" ")));
  await bench.run(down(subflow));
  const { sid, flowSid } = bench.execution();
  const step = bench.studio.stepsOf(sid).find(({ from }) => from === "down");
  expect(bench.botTexts()).toEqual([`${sid} ${flowSid} ${step?.sid} incomingConversationMessage`]);
});

it("joins the subflow's steps to the one of its widget", async () => {
  const bench = studioBench();
  await bench.run(down(bench.publish(say("inside", "Hi"))), ...ends);
  const steps = bench.studio.stepsOf(bench.execution().sid);
  const parent = steps.find(({ from }) => from === "down")?.sid;
  expect(steps.map(({ from, event, parentStepSid }) => [from, event, parentStepSid])).toEqual([
    ["Trigger", "incomingConversationMessage", null],
    ["Trigger", "incomingParent", parent],
    ["inside", "sent", parent],
    ["down", "completed", null],
    ["completed", "sent", null],
  ]);
});

it("waits inside a subflow, and goes on from there", async () => {
  const bench = studioBench();
  const subflow = bench.publish(
    ask("ask", "Team?", { incomingMessage: "keep" }),
    set("keep", { team: "{{widgets.ask.inbound.Body}}" }),
  );
  await bench.run(down(subflow), ...ends);
  await bench.customerSays("support");
  expect(bench.botTexts()).toEqual(["Team?", "completed support"]);
});

it.each([
  ["1", "one"],
  ["LatestPublished", "two"],
  ["LatestDraft", "three"],
  ["LatestRevision", "three"],
  ["{{flow.variables.revision}}", "two"],
])("runs revision %s", async (flow_revision, text) => {
  const bench = studioBench();
  const subflow = bench.publish(say("inside", "one"));
  for (const [status, body] of [
    ["published", "two"],
    ["draft", "three"],
  ] as const) {
    bench.studio.updateFlow(subflow, { status, definition: flowStartedBy(["incomingParent"], say("inside", body)) });
  }
  await bench.run(set("prepare", { revision: "2" }, "down"), down(subflow, { flow_revision }));
  expect(bench.botTexts()).toEqual([text]);
});

it.each([
  ["81024", "that does not exist", () => down("FW00000000000000000000000000000000")],
  [
    "81021",
    "in a revision that does not exist",
    (bench: Bench) => down(bench.publish(say("a", "A")), { flow_revision: "9" }),
  ],
  ["81026", "that makes the Flow too large", (bench: Bench) => down(bench.publish(...many(1999)))],
])("goes on by failed, with %s, for a subflow %s", async (code, _what, widget) => {
  const bench = studioBench();
  await bench.run(widget(bench), ...ends);
  expect(bench.heard()).toEqual(["failed"]);
  expect(bench.codes().at(-1)).toBe(Number(code));
});

it("warns with 81025 when a Flow and its subflows are saved with more than 2,000 widgets", () => {
  const bench = studioBench();
  const subflow = bench.publish(...many(1997));
  bench.publish(down(subflow));
  expect(bench.codes()).toEqual([]);
  bench.publish(down(subflow), say("more", "More"));
  expect(bench.codes()).toEqual([81025]);
});

it("goes on by failed, with 81024, where a subflow runs another", async () => {
  const bench = studioBench();
  const inner = bench.publish(say("inner", "Inner"));
  const outer = bench.publish(down(inner), say("failed", "not two deep"), say("completed", "two deep"));
  await bench.run(down(outer), ...ends);
  expect(bench.heard()).toEqual(["not two deep", "completed "]);
  expect(bench.codes()).toEqual([81024]);
});

it("counts the subflow's steps with the parent's", async () => {
  const bench = studioBench();
  const subflow = bench.publish(say("inside", "Hi"));
  const around = { ...down(subflow), transitions: [{ event: "completed", next: "down" }] };
  await bench.run(around);
  expect(bench.execution().path).toHaveLength(1000);
  expect(bench.codes()).toEqual([81000]);
});

it("ends when the subflow's Flow is deleted while it waits there", async () => {
  const bench = studioBench();
  const subflow = bench.publish(ask("ask", "Team?"));
  await bench.run(down(subflow), ...ends);
  bench.studio.deleteFlow(subflow);
  expect(bench.execution()).toMatchObject({ status: "ended", reason: "its Flow was deleted" });
});

const ends = [say("completed", "completed {{widgets.down.team}}"), say("failed", "failed")];

function down(flow_sid: string, properties: object = {}) {
  const given = { flow_sid, flow_revision: "LatestPublished", ...properties };
  return state("run-subflow", "down", given, { completed: "completed", failed: "failed" });
}

const many = (count: number) => Array.from({ length: count }, (_, index) => set(`s${index}`, {}));
