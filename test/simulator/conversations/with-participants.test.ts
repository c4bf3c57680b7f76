import { useReceiver } from "../use-receiver";
import { CUSTOMER, PAIR, SENDER, useSimulator } from "../use-simulator";

const sim = useSimulator();
const receiver = useReceiver();
const all = () => sim.conversations.conversations;
const CUSTOMER_JSON = JSON.stringify({ messaging_binding: { address: CUSTOMER, proxy_address: SENDER } });
const ADA_JSON = JSON.stringify({ identity: "ada", attributes: '{"vip":true}' });
const create = (given: object = {}) => sim.conversations.conversationWithParticipants.create(given);
const URL = "https://conversations.twilio.com/v1/ConversationWithParticipants";

it("is accepted while it is set up, and then active with all its members", async () => {
  const made = await create({ uniqueName: "order-1", participant: [CUSTOMER_JSON, ADA_JSON] });
  expect(made).toMatchObject({ uniqueName: "order-1", state: "initializing" });
  await sim.simulator.settled();
  expect(await all()(made.sid).fetch()).toMatchObject({ state: "active", uniqueName: "order-1" });
  expect(await all()(made.sid).participants.list()).toMatchObject([
    { messagingBinding: { type: "sms", address: CUSTOMER, proxy_address: SENDER } },
    { identity: "ada", attributes: '{"vip":true}' },
  ]);
  await all()(made.sid).messages.create({ body: "Hello" });
  expect(sim.heard()).toEqual(["Hello"]);
});

it("answers 202 with members, and 201 with none", async () => {
  expect((await sim.call("POST", URL, { Participant: ADA_JSON })).status).toBe(202);
  expect(await sim.call("POST", URL, { FriendlyName: "Empty" })).toMatchObject({
    status: 201,
    body: { state: "active" },
  });
});

it("makes a group text at once", async () => {
  const phones = [CUSTOMER, "+15550105678"].map((address) => JSON.stringify({ messaging_binding: { address } }));
  const ada = JSON.stringify({ identity: "ada", messaging_binding: { projected_address: SENDER } });
  const { sid } = await create({ participant: [ada, ...phones] });
  await sim.simulator.settled();
  await all()(sid).messages.create({ author: "ada", body: "Shall we?" });
  expect([sim.heard(), sim.heard("+15550105678")]).toEqual([["Shall we?"], ["Shall we?"]]);
});

it("begins in the state asked for, with its timers", async () => {
  const timers = { "timers.inactive": "PT10M", "timers.closed": "PT20M" };
  const { sid } = await create({ state: "inactive", ...timers, participant: [ADA_JSON] });
  await sim.simulator.settled();
  expect(await all()(sid).fetch()).toMatchObject({ state: "inactive", timers: { date_closed: expect.any(String) } });
});

it("tells webhooks of it, its members and the end of its set-up", async () => {
  const filters = ["onConversationAdded", "onParticipantAdded", "onConversationStateUpdated"];
  await sim.conversations.configuration.webhooks().update({ postWebhookUrl: receiver.url(), filters });
  await create({ participant: [CUSTOMER_JSON, ADA_JSON], xTwilioWebhookEnabled: "true" });
  await sim.simulator.settled();
  expect(receiver.events().sort()).toEqual([
    "onConversationAdded",
    "onConversationStateUpdated",
    "onParticipantAdded",
    "onParticipantAdded",
  ]);
  const changed = receiver.received.find(({ params }) => params.EventType === "onConversationStateUpdated");
  expect(changed?.params).toMatchObject({ StateFrom: "initializing", StateTo: "active" });
});

it("can be neither changed nor written into while it is set up", () => {
  const { conversations } = sim.world;
  const { sid } = conversations.createWithParticipants({}, [{ identity: "ada", source: "API", webhooks: false }]);
  const initializing = expect.objectContaining({ status: 400, code: 50386 });
  expect(() => conversations.addParticipant(sid, { identity: "grace", source: "API", webhooks: false })).toThrow(
    initializing,
  );
});

it("closes, and sets its addresses free, when a member cannot come in after all", async () => {
  const { conversations } = sim.world;
  const { sid } = await create({ participant: [JSON.stringify({ identity: "ada" }), CUSTOMER_JSON] });
  const twice = conversations.createWithParticipants({}, [
    {
      binding: { type: "sms", address: "+15550105678", proxyAddress: SENDER },
      source: "API",
      webhooks: false,
    },
    { identity: "grace", source: "API", webhooks: false },
  ]);
  const quicker = conversations.create({});
  const friend = { type: "sms" as const, address: "+15550105678", proxyAddress: SENDER };
  conversations.addParticipant(quicker.sid, { binding: friend, source: "API", webhooks: false });
  await sim.simulator.settled();
  expect([(await all()(sid).fetch()).state, (await all()(twice.sid).fetch()).state]).toEqual(["active", "closed"]);
  const told = sim.simulator.log.entries.filter(({ kind, name }) => kind === "warning" && name.startsWith("50427"));
  expect(told.map(({ conversationSid }) => conversationSid)).toEqual([twice.sid]);
});

describe("is refused, and nothing made, with", () => {
  it.each([
    ["a text that is no JSON", ["ada"], 400, 20001],
    ["a pair that is in another Conversation", [CUSTOMER_JSON], 409, 50425],
    [
      "an address of no known form",
      [JSON.stringify({ messaging_binding: { address: "42", proxy_address: SENDER } })],
      400,
      50407,
    ],
    ["the same member twice", [ADA_JSON, ADA_JSON], 409, 50433],
    ["somebody without identity and address", ["{}"], 400, 50204],
    ["eleven members", Array.from({ length: 11 }, (_, n) => JSON.stringify({ identity: `user${n}` })), 400, 50426],
  ])("%s", async (_, participant, status, code) => {
    const { sid } = await all().create();
    await all()(sid).participants.create(PAIR);
    await expect(create({ participant })).rejects.toMatchObject({ status, code });
    expect(await all().list()).toHaveLength(1);
  });
});
