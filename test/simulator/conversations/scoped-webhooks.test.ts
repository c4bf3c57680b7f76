import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { useReceiver } from "../use-receiver";
import { CUSTOMER, PAIR, useSimulator } from "../use-simulator";

const sim = useSimulator();
const receiver = useReceiver();
const all = () => sim.conversations.conversations;
const hooks = () => all()(sid).webhooks;

let sid: string;
beforeEach(async () => {
  ({ sid } = await all().create());
  await all()(sid).participants.create(PAIR);
});

it("keeps what a webhook is created with", async () => {
  expect(await attach(["onMessageAdded"], { "configuration.method": "get" })).toMatchObject({
    sid: expect.stringMatching(/^WH[0-9a-f]{32}$/),
    conversationSid: sid,
    target: "webhook",
    configuration: { url: receiver.url(), method: "get", filters: ["onMessageAdded"] },
  });
});

it("is sent and signed as Twilio signs", async () => {
  await attach(["onMessageAdded"]);
  await sim.simulator.customerSends(CUSTOMER, "Hello & goodbye, é 👋");
  expect(receiver.received).toMatchObject([
    { method: "POST", path: "/hook", params: { Body: "Hello & goodbye, é 👋" }, signed: true },
  ]);
});

it("is sent with a signed query when its method is get", async () => {
  await attach(["onMessageAdded"], { "configuration.method": "get", "configuration.url": receiver.url("/hook?key=1") });
  await sim.simulator.customerSends(CUSTOMER, "Hello & goodbye, é 👋");
  expect(receiver.received).toMatchObject([
    { method: "GET", params: { key: "1", Body: "Hello & goodbye, é 👋" }, signed: true },
  ]);
});

it("is sent for the events of its filters alone", async () => {
  await attach(["onParticipantAdded"]);
  await sim.simulator.customerSends(CUSTOMER, "Hello");
  await all()(sid).participants.create({ identity: "ada", xTwilioWebhookEnabled: "true" });
  await sim.simulator.settled();
  expect(receiver.events()).toEqual(["onParticipantAdded"]);
});

it("is sent for its own Conversation alone", async () => {
  await attach(["onMessageAdded"]);
  const other = await all().create();
  await all()(other.sid).messages.create({ body: "Elsewhere", xTwilioWebhookEnabled: "true" });
  await sim.simulator.settled();
  expect(receiver.received).toEqual([]);
});

it("is sent by every webhook that asked for the event", async () => {
  await attach(["onMessageAdded"], { "configuration.url": receiver.url("/one") });
  await attach(["onMessageAdded"], { "configuration.url": receiver.url("/two") });
  await sim.simulator.customerSends(CUSTOMER, "Hello");
  expect(receiver.received.map(({ path }) => path).sort()).toEqual(["/one", "/two"]);
});

describe("a message", () => {
  beforeEach(() => attach(["onMessageAdded"]));

  it.each([
    ["not without the header", undefined, 0],
    ["not when the header says false", "false", 0],
    ["when the header says true", "true", 1],
  ] as const)("by REST reaches webhooks: %s", async (_, xTwilioWebhookEnabled, times) => {
    await all()(sid).messages.create({ body: "Hello", xTwilioWebhookEnabled });
    await sim.simulator.settled();
    expect(receiver.received).toHaveLength(times);
  });

  it("from a customer's phone always does", async () => {
    await sim.simulator.customerSends(CUSTOMER, "Hello");
    expect(receiver.received).toHaveLength(1);
  });

  it("from a client SDK always does, with its author's identity", async () => {
    await all()(sid).participants.create({ identity: "ada" });
    sim.world.conversations.addMessage(sid, { author: "ada", body: "Hello", source: "SDK", webhooks: true });
    await sim.simulator.settled();
    expect(receiver.received).toMatchObject([{ params: { Source: "SDK", ClientIdentity: "ada", Author: "ada" } }]);
  });
});

it("is given up after five seconds, logged, and not sent again", async () => {
  let asked = 0;
  const silent = createServer(() => {
    asked += 1;
  });
  await new Promise<void>((resolve) => silent.listen(0, resolve));
  const url = `http://localhost:${(silent.address() as AddressInfo).port}/`;
  await attach(["onMessageAdded"], { "configuration.url": url });
  await sim.simulator.customerSends(CUSTOMER, "Hello");
  silent.closeAllConnections();
  silent.close();
  expect(asked).toBe(1);
  expect(sim.simulator.log.entries.filter(({ kind }) => kind === "webhook")).toMatchObject([
    { name: "Conversations onMessageAdded", status: 0, conversationSid: sid, data: { url, failure: "timeout" } },
  ]);
});

it.each([
  ["a studio target without a Flow", { target: "studio" as const }, 50367],
  [
    "a studio target whose Flow is unknown",
    { target: "studio" as const, "configuration.flowSid": `FW${"0".repeat(32)}` },
    50367,
  ],
  ["no URL", { target: "webhook" as const, "configuration.filters": ["onMessageAdded"] }, 50369],
  ["a URL that is none", { ...webhook(["onMessageAdded"]), "configuration.url": "inbound/telegram" }, 50369],
  ["no filters", webhook([]), 50370],
  ["a filter that is no event after the fact", webhook(["onMessageAdd"]), 50365],
  ["a trigger target without keywords", { target: "trigger" as const, "configuration.url": "http://localhost" }, 50371],
])("refuses %s", async (_, hook, code) => {
  await expect(hooks().create(hook)).rejects.toMatchObject({ status: 400, code });
  expect(await hooks().list()).toEqual([]);
});

it("refuses a target that Twilio does not know", () => {
  const target = "pigeon" as "webhook";
  expect(() => sim.world.conversations.scopedWebhooks.add(sid, { target })).toThrow(
    expect.objectContaining({ status: 400, code: 50364 }),
  );
});

it("refuses a sixth, and takes one again after a removal", async () => {
  for (let n = 0; n < 5; n++) await attach(["onMessageAdded"]);
  await expect(attach(["onMessageAdded"])).rejects.toMatchObject({ status: 400, code: 50361 });
  const [first] = await hooks().list();
  await hooks()(String(first?.sid)).remove();
  await attach(["onMessageAdded"]);
  expect(await hooks().list()).toHaveLength(5);
});

it("is not found in another Conversation", async () => {
  const { sid: hook } = await attach(["onMessageAdded"]);
  const other = await all().create();
  await expect(all()(other.sid).webhooks(hook).fetch()).rejects.toMatchObject({ status: 404, code: 50360 });
});

it("is silent and not found when it was removed", async () => {
  const { sid: hook } = await attach(["onMessageAdded"]);
  await hooks()(hook).remove();
  await sim.simulator.customerSends(CUSTOMER, "Hello");
  expect(receiver.received).toEqual([]);
  await expect(hooks()(hook).fetch()).rejects.toMatchObject({ status: 404, code: 50360 });
});

it("changes what an update names and nothing else", async () => {
  const { sid: hook } = await attach(["onMessageAdded"]);
  await hooks()(hook).update({ "configuration.filters": ["onParticipantAdded"] });
  expect(await hooks()(hook).fetch()).toMatchObject({
    configuration: { url: receiver.url(), filters: ["onParticipantAdded"] },
  });
});

it.each([
  ["nothing", {}, 20161],
  ["its filters to unknown ones", { "configuration.filters": ["onMessageSent"] }, 50365],
  ["its URL to none", { "configuration.url": "" }, 50369],
])("refuses an update of %s", async (_, change, code) => {
  const { sid: hook } = await attach(["onMessageAdded"]);
  await expect(hooks()(hook).update(change)).rejects.toMatchObject({ status: 400, code });
  expect(await hooks()(hook).fetch()).toMatchObject({
    configuration: { url: receiver.url(), filters: ["onMessageAdded"] },
  });
});

describe("with ReplayAfter", () => {
  beforeEach(async () => {
    for (const body of ["zero", "one", "two"]) await all()(sid).messages.create({ body });
  });

  it("is sent that message and all later ones", async () => {
    await attach(["onMessageAdded"], { "configuration.replayAfter": 1 });
    await sim.simulator.settled();
    expect(receiver.received.map(({ params }) => [params.Index, params.Body]).sort()).toEqual([
      ["1", "one"],
      ["2", "two"],
    ]);
  });

  it("is sent nothing that it did not ask for", async () => {
    await attach(["onParticipantAdded"], { "configuration.replayAfter": 0 });
    await sim.simulator.settled();
    expect(receiver.received).toEqual([]);
  });

  it("is sent nothing of the past without it", async () => {
    await attach(["onMessageAdded"]);
    await sim.simulator.settled();
    expect(receiver.received).toEqual([]);
  });
});

function attach(filters: string[], more: object = {}) {
  return hooks().create({ ...webhook(filters), "configuration.url": receiver.url(), ...more });
}

function webhook(filters: string[]) {
  return { target: "webhook" as const, "configuration.url": "http://localhost/hook", "configuration.filters": filters };
}
