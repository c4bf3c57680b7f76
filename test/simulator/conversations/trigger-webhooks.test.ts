import { useReceiver } from "../use-receiver";
import { CUSTOMER, PAIR, useSimulator } from "../use-simulator";

const sim = useSimulator();
const receiver = useReceiver();
const all = () => sim.conversations.conversations;

let sid: string;
beforeEach(async () => {
  ({ sid } = await all().create());
  await all()(sid).participants.create(PAIR);
});

const attach = (more: object = {}) =>
  all()(sid).webhooks.create({
    target: "trigger",
    "configuration.url": receiver.url(),
    "configuration.triggers": ["help", "lamp"],
    ...more,
  });
const heard = () => receiver.received.map(({ params }) => params.Body);

it("is sent for added messages with one of its words, and for no others", async () => {
  await attach();
  for (const body of ["Hello", "My lamp", "I need help", "HELP"]) await sim.simulator.customerSends(CUSTOMER, body);
  expect(heard()).toEqual(["My lamp", "I need help"]);
});

it("tells what it listens to", async () => {
  expect((await attach()).configuration).toEqual({
    url: receiver.url(),
    method: "POST",
    filters: ["onMessageAdded"],
    triggers: ["help", "lamp"],
  });
});

it("is sent for the past with ReplayAfter, by the same words", async () => {
  for (const body of ["My lamp", "Hello", "help"]) await all()(sid).messages.create({ body });
  await attach({ "configuration.replayAfter": 1 });
  await sim.simulator.settled();
  expect(heard()).toEqual(["help"]);
});

it("listens to other words after an update", async () => {
  const { sid: hook } = await attach();
  await all()(sid)
    .webhooks(hook)
    .update({ "configuration.triggers": ["Hello"] });
  for (const body of ["My lamp", "Hello"]) await sim.simulator.customerSends(CUSTOMER, body);
  expect(heard()).toEqual(["Hello"]);
});

it.each([
  ["a sixth word", ["a", "b", "c", "d", "e", "f"], 50362],
  ["an empty word", ["help", ""], 50366],
  ["a word that is too long", ["x".repeat(249)], 50366],
])("refuses %s", async (_, triggers, code) => {
  await expect(attach({ "configuration.triggers": triggers })).rejects.toMatchObject({ status: 400, code });
  expect(await all()(sid).webhooks.list()).toEqual([]);
});

it.each(["get", "post", "GET", "POST"])("is asked by %s, as it was spelled", async (method) => {
  expect((await attach({ "configuration.method": method })).configuration).toMatchObject({ method });
  await sim.simulator.customerSends(CUSTOMER, "help");
  expect(receiver.received).toMatchObject([{ method: method.toUpperCase(), signed: true }]);
});

it("replays nothing from beyond the last message, and refuses what is no index", async () => {
  await all()(sid).messages.create({ body: "help" });
  await attach({ "configuration.replayAfter": 9 });
  await sim.simulator.settled();
  expect(heard()).toEqual([]);
  await expect(attach({ "configuration.replayAfter": -1 })).rejects.toMatchObject({ status: 400 });
});

it("starts a Flow for what was written before the Flow was attached", async () => {
  const { sid: flowSid } = await sim.twilio.studio.v2.flows.create({
    friendlyName: "Does nothing",
    status: "published",
    definition: {
      description: "Does nothing",
      states: [
        {
          name: "Trigger",
          type: "trigger",
          transitions: [{ event: "incomingConversationMessage" }],
          properties: { offset: { x: 0, y: 0 } },
        },
      ],
      initial_state: "Trigger",
      flags: { allow_concurrent_calls: true },
    },
  });
  await sim.simulator.customerSends(CUSTOMER, "Hello");
  const hook = { target: "studio" as const, "configuration.flowSid": flowSid };
  expect((await all()(sid).webhooks.create({ ...hook, "configuration.replayAfter": 0 })).configuration).toMatchObject({
    flow_sid: flowSid,
    replay_after: 0,
  });
  await sim.simulator.settled();
  expect(sim.simulator.state().executions).toMatchObject([{ flowSid }]);
});
