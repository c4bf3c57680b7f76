import { useReceiver } from "../use-receiver";
import { CUSTOMER, PAIR, SENDER, useSimulator } from "../use-simulator";

const sim = useSimulator();
const receiver = useReceiver();
const all = () => sim.conversations.conversations;
const account = () => sim.conversations.configuration.webhooks();
const service = () => sim.conversations.services(sim.simulator.account.chatServiceSid).configuration.webhooks();
const LOUD = { xTwilioWebhookEnabled: "true" } as const;
const FILTERS = [
  ...["onConversationAdd", "onConversationUpdate", "onConversationRemove"],
  ...["onMessageAdd", "onMessageUpdate", "onMessageRemove"],
  ...["onParticipantAdd", "onParticipantUpdate", "onParticipantRemove", "onUserUpdate"],
];

let sid: string;
beforeEach(async () => {
  ({ sid } = await all().create({ friendlyName: "Ana" }));
  await account().update({ preWebhookUrl: receiver.url("/account"), filters: FILTERS });
});

const one = () => all()(sid);
const send = (more: object = {}) => one().messages.create({ author: "ada", body: "Hello", ...LOUD, ...more });
const bodies = async () => (await one().messages.list()).map(({ body }) => body);

describe("an answer before the event", () => {
  it.each([
    ["with nothing to say", { json: {} }],
    ["without a body", { text: "" }],
    ["that is no JSON", { text: "fine" }],
    ["with what cannot be replaced", { json: { index: 7, participant_sid: "MB1" } }],
    ["by a redirect", { status: 302 }],
  ])("%s lets a message pass as it is", async (_, answer) => {
    receiver.answer("onMessageAdd", answer);
    expect(await send()).toMatchObject({ author: "ada", body: "Hello", attributes: "{}", index: 0 });
  });

  it("replaces a message's text, author and attributes", async () => {
    receiver.answer("onMessageAdd", { json: { body: "H***o", author: "bob", attributes: '{"seen":true}' } });
    const replaced = { author: "bob", body: "H***o", attributes: '{"seen":true}' };
    expect(await send()).toMatchObject(replaced);
    expect(await one().messages.list()).toMatchObject([replaced]);
  });

  it("replaces them when a message is updated", async () => {
    const { sid: message } = await one().messages.create({ body: "Hello" });
    receiver.answer("onMessageUpdate", { json: { body: "Goodbye" } });
    expect(
      await one()
        .messages(message)
        .update({ body: "Bye", ...LOUD }),
    ).toMatchObject({ body: "Goodbye" });
  });

  it("replaces a Conversation's friendly name as it is made and as it is changed", async () => {
    receiver.answer("onConversationAdd", { json: { friendly_name: "Customer 1" } });
    receiver.answer("onConversationUpdate", { json: { friendly_name: "Customer 2" } });
    const made = await all().create({ friendlyName: "Bob", ...LOUD });
    expect(made.friendlyName).toBe("Customer 1");
    expect(await all()(made.sid).update({ attributes: "{}", ...LOUD })).toMatchObject({ friendlyName: "Customer 2" });
  });

  it.each([
    ["a text that is too long", { body: "x".repeat(32 * 1024 + 1) }, 50504],
    ["no text", { body: "" }, 50503],
    ["an author that is too long", { author: "x".repeat(257) }, 50310],
    ["a number for a text", { body: 7 }, 20001],
  ])("that puts %s in its place is reported to whoever wrote", async (_, json, code) => {
    receiver.answer("onMessageAdd", { json });
    await expect(send()).rejects.toMatchObject({ status: 400, code });
    expect(await bodies()).toEqual([]);
  });
});

describe("a refusal", () => {
  it.each([400, 403, 500, 503])("with %d is told to the REST caller, and nothing is stored", async (status) => {
    receiver.answer("onMessageAdd", { status });
    await expect(send()).rejects.toMatchObject({ status: 403, code: 50056 });
    expect(await bodies()).toEqual([]);
  });

  it.each([
    ["a Conversation is made", "onConversationAdd", () => all().create({ uniqueName: "two", ...LOUD })],
    ["a Conversation is changed", "onConversationUpdate", () => one().update({ friendlyName: "Bob", ...LOUD })],
    ["a Conversation is removed", "onConversationRemove", () => one().remove(LOUD)],
    ["a Participant is added", "onParticipantAdd", () => one().participants.create({ identity: "bob", ...LOUD })],
    [
      "a Participant is changed",
      "onParticipantUpdate",
      () =>
        one()
          .participants("ada")
          .update({ attributes: '{"a":1}', ...LOUD }),
    ],
    ["a Participant is removed", "onParticipantRemove", () => one().participants("ada").remove(LOUD)],
  ])("before %s leaves all as it was", async (_, event, write) => {
    await one().participants.create({ identity: "ada" });
    const { conversations } = sim.simulator.state();
    receiver.answer(event, { status: 403 });
    await expect(write()).rejects.toMatchObject({ status: 403, code: 50056 });
    expect(sim.simulator.state().conversations).toEqual(conversations);
  });
});

describe("a customer's message", () => {
  beforeEach(() => one().participants.create(PAIR));

  it("is changed on its way in", async () => {
    receiver.answer("onMessageAdd", { json: { body: "H***o" } });
    await sim.simulator.customerSends(CUSTOMER, "Hello");
    expect(await bodies()).toEqual(["H***o"]);
  });

  it("is lost when it is refused, and their phone does not learn it", async () => {
    receiver.answer("onMessageAdd", { status: 403 });
    await expect(sim.simulator.customerSends(CUSTOMER, "Hello")).rejects.toMatchObject({ code: 50056 });
    expect(await bodies()).toEqual([]);
    expect(sim.heard()).toEqual([]);
  });

  it("comes after the one before it, however long that is thought about", async () => {
    sim.world.faults.add({ operation: "webhook onMessageAdd", kind: "slow", ms: 30 });
    await Promise.all(["one", "two", "three"].map((body) => sim.simulator.customerSends(CUSTOMER, body)));
    expect(await bodies()).toEqual(["one", "two", "three"]);
  });
});

describe("a customer's first message", () => {
  beforeEach(() =>
    sim.conversations.addressConfigurations.create({ type: "sms", address: SENDER, "autoCreation.enabled": true }),
  );
  const born = () => sim.simulator.state().conversations.filter((row) => row.sid !== sid);

  it("makes no Conversation when that is refused", async () => {
    receiver.answer("onConversationAdd", { status: 403 });
    await expect(sim.simulator.customerSends(CUSTOMER, "Hello")).rejects.toMatchObject({ code: 50056 });
    expect(born()).toEqual([]);
  });

  it("makes one with the name that was put in its place", async () => {
    receiver.answer("onConversationAdd", { json: { friendly_name: "Customer 1" } });
    await sim.simulator.customerSends(CUSTOMER, "Hello");
    expect(born()).toMatchObject([{ friendlyName: "Customer 1", messages: [{ body: "Hello" }] }]);
  });

  it("and the next, both thought about, make one Conversation", async () => {
    sim.world.faults.add({ operation: "webhook onConversationAdd", kind: "slow", ms: 30 });
    await Promise.all(["one", "two"].map((body) => sim.simulator.customerSends(CUSTOMER, body)));
    expect(born()).toMatchObject([{ messages: [{ body: "one" }, { body: "two" }] }]);
  });
});

describe("no answer", () => {
  it("in time lets a message pass as it is, and is logged", async () => {
    sim.world.webhookSettings.timeoutMs = 30;
    receiver.answer("onMessageAdd", { never: true });
    expect(await send()).toMatchObject({ body: "Hello" });
    const warnings = sim.simulator.log.entries.filter(({ kind }) => kind === "warning").map(({ name }) => name);
    expect(warnings).toEqual([
      "50076: onMessageAdd was not answered in time",
      "onMessageAdd goes on unchanged: its pre-event webhook gave no answer that could be read",
    ]);
  });

  it("at all, because nobody is there, does so too", async () => {
    await account().update({ preWebhookUrl: "http://localhost:1/" });
    expect(await send()).toMatchObject({ body: "Hello" });
  });
});

it("holds a message back until it was answered", async () => {
  sim.world.faults.add({ operation: "webhook onMessageAdd", kind: "slow", ms: 40 });
  const sending = send();
  while (receiver.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(sim.world.conversations.messages(sid)).toEqual([]);
  await sending;
  expect(await bodies()).toEqual(["Hello"]);
});

it("does not let a message into a Conversation that was closed meanwhile", async () => {
  sim.world.faults.add({ operation: "webhook onMessageAdd", kind: "slow", ms: 40 });
  const sending = send();
  while (receiver.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
  sim.world.conversations.setState(sid, "closed", "API", false);
  await expect(sending).rejects.toMatchObject({ code: 50377 });
});

it("asks the account first, and the service about what the account made of it", async () => {
  await service().update({ preWebhookUrl: receiver.url("/service"), filters: FILTERS });
  receiver.answer("onMessageAdd", { json: { body: "H***o" } }, { json: { author: "bob" } });
  expect(await send()).toMatchObject({ body: "H***o", author: "bob" });
  expect(receiver.received.map(({ path, params }) => [path, params.Body])).toEqual([
    ["/account", "Hello"],
    ["/service", "H***o"],
  ]);
});

it("asks nobody about calls without the header, or events that were not filtered in", async () => {
  await send({ xTwilioWebhookEnabled: "false" });
  await account().update({ filters: ["onMessageRemove"] });
  await send();
  expect(receiver.received).toEqual([]);
});

it("tries again as often as it is told to, and says which try it is", async () => {
  sim.world.webhookSettings.preRetryCount = 2;
  receiver.answer("onMessageAdd", { status: 503 }, { status: 429 }, { json: { body: "H***o" } });
  expect(await send()).toMatchObject({ body: "H***o" });
  expect(receiver.of("onMessageAdd").map(({ RetryCount }) => RetryCount)).toEqual([undefined, "1", "2"]);
});
