import { chat as channel, customer, say, sender, state, studioBench, workflow } from "../studio-bench";

it("asks for an Interaction on the Conversation, initiated by the customer", async () => {
  const bench = await studioBench().run(
    toAgent({ attributes: '{"team": {{trigger.conversation.Body | to_json}}}', priority: "5", timeout: "60" }),
    ...ends,
  );
  expect(bench.tasks()).toMatchObject([
    {
      workflowSid: workflow,
      taskChannelSid: channel,
      priority: 5,
      timeout: 60,
      attributes: {
        channelType: "sms",
        customerAddress: customer,
        from: customer,
        name: customer,
        customerName: customer,
        team: "hello",
        conversationSid: bench.conversation.sid,
        direction: "inbound",
      },
    },
  ]);
});

it("gives a Task an hour and no priority unless told otherwise", async () => {
  const bench = await studioBench().run(toAgent(), ...ends);
  expect(bench.tasks()).toMatchObject([{ priority: 0, timeout: 3600 }]);
});

it.each([
  [true, "Zoë"],
  [false, customer],
])("with studioSuppliedAttributesWin %s calls the customer %s", async (studioSuppliedAttributesWin, name) => {
  const attributes = '{"from": "Zoë", "name": "Zoë", "team": "sales"}';
  const bench = await studioBench({ switches: { studioSuppliedAttributesWin } }).run(toAgent({ attributes }), ...ends);
  expect(bench.tasks()).toMatchObject([{ attributes: { from: name, name, customerName: customer, team: "sales" } }]);
});

it("takes a customer with an identity for a web chat", async () => {
  const bench = await studioBench({ identity: "telegram_42" }).run(toAgent(), ...ends);
  expect([...bench.world.interactions.channels.values()]).toMatchObject([{ type: "web" }]);
  expect(bench.tasks()).toMatchObject([{ attributes: { channelType: "web", from: "telegram_42" } }]);
});

it("leaves by callComplete as soon as the Task exists, and tells the Flow what was made", async () => {
  const bench = await studioBench().run(toAgent(), ...ends);
  const [interaction] = bench.world.interactions.interactions.values();
  expect(bench.botTexts()).toEqual(["callComplete"]);
  expect(bench.outputs("to_agent")).toMatchObject({
    sid: interaction?.sid,
    channel: { sid: interaction?.channelSid, type: "sms" },
    routing: { properties: { sid: interaction?.taskSid } },
    url: `https://flex-api.twilio.com/v1/Interactions/${interaction?.sid}`,
  });
  expect(Object.keys(bench.outputs("to_agent") ?? {})).toEqual(["sid", "channel", "routing", "url"]);
  expect(bench.widgetLines()).toContain("send-to-flex to_agent -> callComplete");
});

it.each([
  ["attributes that are no JSON", { attributes: '{"text": "{{trigger.conversation.Body}}' }],
  ["attributes that are no object", { attributes: "[1]" }],
  ["attributes over 1024 characters", { attributes: JSON.stringify({ text: "a".repeat(1014) }) }],
  ["a workflow that renders to nothing", { workflow: "{{flow.variables.workflow}}" }],
  ["a timeout that is no number", { timeout: "soon" }],
  ["a timeout over fourteen days", { timeout: "1209601" }],
  ["a Workflow that does not exist", { workflow: "WW00000000000000000000000000000000" }],
])("leaves by failedToEnqueue, with 81015, at %s", async (_what, properties) => {
  const bench = await studioBench().run(toAgent(properties), ...ends);
  expect(bench.botTexts()).toEqual(["failedToEnqueue"]);
  expect(bench.codes()).toEqual([81015]);
  expect(bench.tasks()).toEqual([]);
});

it("takes a timeout of fourteen days", async () => {
  const bench = await studioBench().run(toAgent({ timeout: "1209600" }), ...ends);
  expect(bench.tasks()).toMatchObject([{ timeout: 1_209_600 }]);
});

it("takes attributes of 1024 characters", async () => {
  const bench = await studioBench().run(toAgent({ attributes: JSON.stringify({ text: "a".repeat(1013) }) }), ...ends);
  expect(bench.botTexts()).toEqual(["callComplete"]);
});

it("leaves by failedToEnqueue, with 81015, when the Interactions API refuses", async () => {
  const bench = studioBench();
  bench.attach(toAgent(), ...ends);
  bench.world.bus.on("message.added", () =>
    bench.world.conversations.setState(bench.conversation.sid, "closed", "API", false),
  );
  await bench.customerSays("hello");
  expect(bench.widgetLines().at(-1)).toBe("send-message failedToEnqueue -> failed");
  expect(bench.codes()).toEqual([81015, 81011]);
  expect(bench.tasks()).toEqual([]);
});

it("leaves by failedToEnqueue, with 81020, where there is no Conversation", async () => {
  const bench = await studioBench().request(
    {},
    toAgent(),
    say("callComplete", "On"),
    say("failedToEnqueue", "Sorry", {}, { from: sender }),
  );
  expect(bench.heard()).toEqual(["Sorry"]);
  expect(bench.codes()).toEqual([81020]);
  expect(bench.tasks()).toEqual([]);
});

it.each([
  [true, 1],
  [false, 0],
])("with studioStaysAfterSendToFlex %s leaves %i Studio webhooks", async (studioStaysAfterSendToFlex, left) => {
  const bench = await studioBench({ switches: { studioStaysAfterSendToFlex } }).run(toAgent(), ...ends);
  expect(bench.hooks).toHaveLength(left);
});

it("takes off the webhook of its own Flow alone", async () => {
  const bench = studioBench({ switches: { studioStaysAfterSendToFlex: false } });
  bench.attach(toAgent(), ...ends);
  const other = bench.attach(say("greet", "Other"));
  await bench.customerSays("hello");
  expect(bench.hooks.map(({ flowSid }) => flowSid)).toEqual([other]);
});

it("keeps the Studio webhook when it failed", async () => {
  const bench = await studioBench({ switches: { studioStaysAfterSendToFlex: false } }).run(
    toAgent({ attributes: "{" }),
    ...ends,
  );
  expect(bench.hooks).toHaveLength(1);
});

it.each(["reset after", "error after", "malformed"] as const)(
  "leaves by failedToEnqueue although the Interaction was made, when Flex's answer meets %s",
  async (kind) => {
    const bench = studioBench();
    bench.world.faults.add({ operation: "widget send-to-flex", kind });
    await bench.run(toAgent(), ...ends);
    expect(bench.botTexts()).toEqual(["failedToEnqueue"]);
    expect(bench.tasks()).toHaveLength(1);
  },
);

it.each(["refused", "reset before"] as const)("makes no Interaction when it is %s on purpose", async (kind) => {
  const bench = studioBench();
  bench.world.faults.add({ operation: "widget send-to-flex", kind, status: 503 });
  await bench.run(toAgent(), ...ends);
  expect(bench.botTexts()).toEqual(["failedToEnqueue"]);
  expect(bench.tasks()).toEqual([]);
});

const ends = [say("callComplete", "callComplete"), say("failedToEnqueue", "failedToEnqueue")];

function toAgent(properties: Record<string, unknown> = {}) {
  return state(
    "send-to-flex",
    "to_agent",
    { workflow, channel, ...properties },
    { callComplete: "callComplete", failedToEnqueue: "failedToEnqueue" },
  );
}
