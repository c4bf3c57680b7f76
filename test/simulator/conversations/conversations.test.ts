import { CUSTOMER, PAIR, useSimulator } from "../use-simulator";

const sim = useSimulator();
const all = () => sim.conversations.conversations;

const messagingService = async () => (await sim.twilio.messaging.v1.services.create({ friendlyName: "Shop" })).sid;

it("keeps what a Conversation is created with", async () => {
  const messagingServiceSid = await messagingService();
  const created = await all().create({
    friendlyName: "Ana",
    uniqueName: "telegram_42.1",
    attributes: '{"lang":"pt"}',
    messagingServiceSid,
  });
  expect(created).toMatchObject({
    sid: expect.stringMatching(/^CH[0-9a-f]{32}$/),
    accountSid: sim.simulator.account.sid,
    chatServiceSid: sim.simulator.account.chatServiceSid,
    friendlyName: "Ana",
    uniqueName: "telegram_42.1",
    attributes: '{"lang":"pt"}',
    messagingServiceSid,
    state: "active",
    timers: {},
  });
});

it("has empty attributes when none are given", async () => {
  expect(await all().create()).toMatchObject({ attributes: "{}", friendlyName: null, uniqueName: null });
});

it("is found by SID and by unique name", async () => {
  const { sid } = await all().create({ uniqueName: "telegram_42.1" });
  expect((await all()(sid).fetch()).sid).toBe(sid);
  expect((await all()("telegram_42.1").fetch()).sid).toBe(sid);
});

it("is found by a unique name as long as Twilio allows", async () => {
  const uniqueName = "ü.".repeat(128);
  const { sid } = await all().create({ uniqueName });
  expect((await all()(uniqueName).fetch()).sid).toBe(sid);
});

it.each(["CH00000000000000000000000000000000", "nobody"])("does not find %s", async (name) => {
  await expect(all()(name).fetch()).rejects.toMatchObject({ status: 404, code: 50350 });
});

it("changes what an update names and nothing else", async () => {
  const created = await all().create({ friendlyName: "Ana", uniqueName: "telegram_42.1", attributes: '{"lang":"pt"}' });
  await all()("telegram_42.1").update({ attributes: '{"lang":"en"}' });
  expect(await all()(created.sid).fetch()).toMatchObject({
    friendlyName: "Ana",
    uniqueName: "telegram_42.1",
    attributes: '{"lang":"en"}',
  });
});

it("is found by a new unique name, and no longer by the old", async () => {
  const { sid } = await all().create({ uniqueName: "old" });
  await all()(sid).update({ uniqueName: "new" });
  expect((await all()("new").fetch()).sid).toBe(sid);
  await expect(all()("old").fetch()).rejects.toMatchObject({ code: 50350 });
});

it("refuses an update of nothing", async () => {
  const { sid } = await all().create();
  await expect(all()(sid).update({})).rejects.toMatchObject({ status: 400, code: 20161 });
});

it.each([
  ["State", { State: "initializing" }, 50378],
  ["timer", { "Timers.Inactive": "soon" }, 50379],
  ["attributes", { Attributes: JSON.stringify("x".repeat(16 * 1024)) }, 50303],
])("changes nothing by an update with a bad %s", async (_, bad, code) => {
  const before = await all().create({ friendlyName: "Ana", uniqueName: "telegram_42.1" });
  const url = `https://conversations.twilio.com/v1/Conversations/${before.sid}`;
  const answer = await sim.call("POST", url, { FriendlyName: "Bob", UniqueName: "telegram_42.2", ...bad });
  expect(answer).toMatchObject({ status: 400, body: { code } });
  expect((await all()(before.sid).fetch()).toJSON()).toEqual(before.toJSON());
});

it("is gone when it was deleted, with its participants", async () => {
  const { sid } = await all().create({ uniqueName: "telegram_42.1" });
  await all()(sid).participants.create(PAIR);
  await all()("telegram_42.1").remove();
  await expect(all()(sid).fetch()).rejects.toMatchObject({ status: 404, code: 50350 });
  expect(await sim.conversations.participantConversations.list({ address: CUSTOMER })).toEqual([]);
});

it("leaves its unique name and its address pairs to others when it is deleted", async () => {
  const { sid } = await all().create({ uniqueName: "telegram_42.1" });
  await all()(sid).participants.create(PAIR);
  await all()(sid).remove();
  const next = await all().create({ uniqueName: "telegram_42.1" });
  expect(await all()(next.sid).participants.create(PAIR)).toMatchObject({ conversationSid: next.sid });
});

it("refuses a unique name that another has", async () => {
  await all().create({ uniqueName: "telegram_42.1" });
  await expect(all().create({ uniqueName: "telegram_42.1" })).rejects.toMatchObject({ status: 409, code: 50353 });
  const other = await all().create();
  await expect(all()(other.sid).update({ uniqueName: "telegram_42.1" })).rejects.toMatchObject({
    status: 409,
    code: 50353,
  });
});

it("takes its own unique name again", async () => {
  const { sid } = await all().create({ uniqueName: "telegram_42.1" });
  expect(await all()(sid).update({ uniqueName: "telegram_42.1" })).toMatchObject({ uniqueName: "telegram_42.1" });
});

it("lets one of two creators of a unique name win", async () => {
  const tries = await Promise.allSettled([1, 2].map(() => all().create({ uniqueName: "telegram_42.1" })));
  expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

it("stores 16 KiB of attributes and not a byte more", async () => {
  const fits = JSON.stringify("é".repeat(8 * 1024 - 1));
  expect(await all().create({ attributes: fits })).toMatchObject({ attributes: fits });
  await expect(all().create({ attributes: ` ${fits}` })).rejects.toMatchObject({ status: 400, code: 50303 });
});

describe("a closed Conversation", () => {
  let sid: string;
  beforeEach(async () => {
    ({ sid } = await all().create({ uniqueName: "telegram_42.1" }));
    await all()(sid).participants.create({ identity: "ada" });
    await all()(sid).update({ state: "closed" });
  });

  it.each<[string, () => Promise<unknown>]>([
    ["a change", () => all()(sid).update({ friendlyName: "Ana" })],
    ["to be opened again", () => all()(sid).update({ state: "active" })],
    ["a message", () => all()(sid).messages.create({ body: "Hello" })],
    ["a participant", () => all()(sid).participants.create({ identity: "grace" })],
    ["a participant's removal", () => all()(sid).participants("ada").remove()],
    [
      "a webhook",
      () => all()(sid).webhooks.create({ target: "webhook", "configuration.url": "http://localhost/hook" }),
    ],
  ])("refuses %s", async (_, change) => {
    await expect(change()).rejects.toMatchObject({ status: 400, code: 50377 });
  });

  it("can be read and deleted", async () => {
    expect(await all()(sid).fetch()).toMatchObject({ state: "closed" });
    expect(await all()(sid).remove()).toBe(true);
  });
});

describe("the list of Conversations", () => {
  it("is filtered by state", async () => {
    const { sid } = await all().create({ state: "inactive" });
    await all().create();
    expect((await all().list({ state: "inactive" })).map((one) => one.sid)).toEqual([sid]);
  });

  it("is filtered by the days on which they were created", async () => {
    const early = await all().create();
    await sim.simulator.advance(2 * 86_400);
    const late = await all().create();
    const [first, last] = [early, late].map(({ dateCreated }) => dateCreated.toISOString().slice(0, 10));
    const sids = async (filter: object) => (await all().list(filter)).map(({ sid }) => sid);
    expect(await sids({ startDate: first, endDate: first })).toEqual([early.sid]);
    expect(await sids({ startDate: last })).toEqual([late.sid]);
    expect(await sids({ startDate: `${last}T00:00:00Z`, endDate: `${last}T23:59:59Z` })).toEqual([late.sid]);
    expect((await sids({ startDate: first, endDate: last })).sort()).toEqual([early.sid, late.sid].sort());
  });
});

it.each([{ startDate: "today" }, { endDate: "2026-1-5" }])("is not listed by what is no day: %j", async (filter) => {
  await expect(all().list(filter)).rejects.toMatchObject({ status: 400, code: 20001 });
});

describe("the unique name of a closed Conversation", () => {
  it("stays its own by the harsher reading", async () => {
    const { sid } = await all().create({ uniqueName: "telegram_42.1", state: "active" });
    await all()(sid).update({ state: "closed" });
    await expect(all().create({ uniqueName: "telegram_42.1" })).rejects.toMatchObject({ status: 409, code: 50353 });
  });

  describe("by the milder reading", () => {
    const mild = useSimulator({ switches: { closedConversationKeepsUniqueName: false } });

    it("is free, and means the open one", async () => {
      const { conversations } = mild.conversations;
      const { sid } = await conversations.create({ uniqueName: "telegram_42.1" });
      await conversations(sid).update({ state: "closed" });
      const next = await conversations.create({ uniqueName: "telegram_42.1" });
      expect((await conversations("telegram_42.1").fetch()).sid).toBe(next.sid);
    });
  });
});

describe("what a Conversation keeps", () => {
  it("is what it was made with, and what an update changes", async () => {
    const { sid } = await all().create({
      friendlyName: "Order",
      dateCreated: new Date("2026-01-02T03:04:05Z"),
      dateUpdated: new Date("2026-02-03T04:05:06Z"),
      "bindings.email.address": "orders@example.com",
    });
    await all()(sid).update({ "bindings.email.name": "Orders", dateCreated: new Date("2025-01-02T03:04:05Z") });
    expect(await all()(sid).fetch()).toMatchObject({
      friendlyName: "Order",
      dateCreated: new Date("2025-01-02T03:04:05Z"),
      bindings: { email: { projected_address: "orders@example.com", name: "Orders" } },
    });
  });

  it("is the account's Messaging Service, when it names none", async () => {
    const messagingServiceSid = await messagingService();
    await sim.conversations.configuration().update({ defaultMessagingServiceSid: messagingServiceSid });
    expect(await all().create()).toMatchObject({ messagingServiceSid });
  });

  it.each<[string, object, number]>([
    ["a friendly name of more than 256 characters", { friendlyName: "a".repeat(257) }, 50003],
    ["a unique name of more than 256 characters", { uniqueName: "a".repeat(257) }, 50004],
    ["a unique name that looks like a SID", { uniqueName: `CH${"0".repeat(32)}` }, 50390],
    ["attributes that are no JSON", { attributes: "{lang" }, 50304],
    ["a Messaging Service that there is not", { messagingServiceSid: `MG${"0".repeat(32)}` }, 50341],
  ])("is not %s", async (_, given, code) => {
    await expect(all().create(given)).rejects.toMatchObject({ status: 400, code });
    const { sid } = await all().create();
    await expect(all()(sid).update(given)).rejects.toMatchObject({ status: 400, code });
  });

  it("is no Messaging Service that there is not, by the account's defaults", async () => {
    const unknown = { defaultMessagingServiceSid: `MG${"0".repeat(32)}` };
    await expect(sim.conversations.configuration().update(unknown)).rejects.toMatchObject({ status: 400, code: 50341 });
    expect(await all().create()).toMatchObject({ messagingServiceSid: null });
  });

  it("is not the state closed from the start", async () => {
    await expect(all().create({ state: "closed" })).rejects.toMatchObject({ status: 400, code: 50384 });
  });
});
