import { ApiError } from "../../../../src/simulator/server/api-error";
import { sidFor } from "../../../../src/simulator/sids";
import { customer, say, state, studioBench, workspaceSid } from "../studio-bench";

const workflow = sidFor("WW", "Assign to Anyone");
const channel = sidFor("TC", "chat");

it("asks for an Interaction on the Conversation, initiated by the customer", async () => {
  const bench = await studioBench().run(
    toAgent({ attributes: '{"team": {{trigger.conversation.Body | to_json}}}', priority: "5", timeout: "60" }),
    ...ends,
  );
  expect(bench.interactions).toEqual([
    {
      channel: { type: "sms", initiatedBy: "customer", mediaChannelSid: bench.conversation.sid },
      routing: {
        workspaceSid,
        workflowSid: workflow,
        taskChannel: channel,
        priority: 5,
        timeout: 60,
        attributes: {
          channelType: "sms",
          customerAddress: customer,
          from: customer,
          name: customer,
          customerName: customer,
          team: "hello",
        },
      },
    },
  ]);
});

it("gives a Task an hour and no priority unless told otherwise", async () => {
  const bench = await studioBench().run(toAgent(), ...ends);
  expect(bench.interactions[0]?.routing).toMatchObject({ priority: 0, timeout: 3600 });
});

it("lets supplied attributes win over its own", async () => {
  const bench = await studioBench().run(toAgent({ attributes: '{"from": "Zoë", "name": "Zoë"}' }), ...ends);
  expect(bench.interactions[0]?.routing.attributes).toMatchObject({ from: "Zoë", name: "Zoë", customerName: customer });
});

it("takes a customer with an identity for a web chat", async () => {
  const bench = await studioBench({ identity: "telegram_42" }).run(toAgent(), ...ends);
  expect(bench.interactions[0]).toMatchObject({
    channel: { type: "web" },
    routing: { attributes: { channelType: "web", from: "telegram_42" } },
  });
});

it("leaves by callComplete as soon as the Task exists, and tells the Flow what was made", async () => {
  const bench = await studioBench().run(toAgent(), ...ends);
  const sid = sidFor("KD", "interaction");
  expect(bench.botTexts()).toEqual(["callComplete"]);
  expect(bench.outputs("to_agent")).toEqual({
    sid,
    channel: { sid: sidFor("UO", "channel"), type: "sms" },
    routing: { properties: { sid: sidFor("WT", "task") } },
    url: `https://flex-api.twilio.com/v1/Interactions/${sid}`,
  });
  expect(bench.widgetLines()).toContain("send-to-flex to_agent -> callComplete");
});

it.each([
  ["attributes that are no JSON", { attributes: '{"text": "{{trigger.conversation.Body}}' }],
  ["attributes that are no object", { attributes: "[1]" }],
  ["attributes over 1024 characters", { attributes: JSON.stringify({ text: "a".repeat(1014) }) }],
  ["a workflow that renders to nothing", { workflow: "{{flow.variables.workflow}}" }],
  ["a timeout that is no number", { timeout: "soon" }],
])("leaves by failedToEnqueue, with 81015, at %s", async (_what, properties) => {
  const bench = await studioBench().run(toAgent(properties), ...ends);
  expect(bench.botTexts()).toEqual(["failedToEnqueue"]);
  expect(bench.codes()).toEqual([81015]);
  expect(bench.interactions).toEqual([]);
});

it("takes attributes of 1024 characters", async () => {
  const bench = await studioBench().run(toAgent({ attributes: JSON.stringify({ text: "a".repeat(1013) }) }), ...ends);
  expect(bench.botTexts()).toEqual(["callComplete"]);
});

it("leaves by failedToEnqueue when the Interactions API refuses", async () => {
  const interactionRefusal = new ApiError(400, 45354, "The Conversation is closed");
  const bench = await studioBench({ interactionRefusal }).run(toAgent(), ...ends);
  expect(bench.botTexts()).toEqual(["failedToEnqueue"]);
  expect(bench.codes()).toEqual([81015]);
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
    expect(bench.interactions).toHaveLength(1);
  },
);

it.each(["refused", "reset before"] as const)("makes no Interaction when it is %s on purpose", async (kind) => {
  const bench = studioBench();
  bench.world.faults.add({ operation: "widget send-to-flex", kind, status: 503 });
  await bench.run(toAgent(), ...ends);
  expect(bench.botTexts()).toEqual(["failedToEnqueue"]);
  expect(bench.interactions).toEqual([]);
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
