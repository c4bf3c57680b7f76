import { CUSTOMER, PAIR, SENDER, useSimulator } from "../use-simulator";

const sim = useSimulator();
const all = () => sim.conversations.conversations;
const messages = () => all()(sid).messages;

let sid: string;
beforeEach(async () => {
  ({ sid } = await all().create());
});

it("keeps what a Message is created with", async () => {
  expect(
    await messages().create({ author: "telegram_42", body: "Hello", attributes: '{"platformId":"7"}' }),
  ).toMatchObject({
    sid: expect.stringMatching(/^IM[0-9a-f]{32}$/),
    conversationSid: sid,
    index: 0,
    author: "telegram_42",
    body: "Hello",
    attributes: '{"platformId":"7"}',
    media: null,
    contentSid: null,
  });
});

it("is by the system when nobody is named", async () => {
  expect(await messages().create({ body: "Hello" })).toMatchObject({ author: "system", participantSid: null });
});

it("belongs to the Participant whose identity is its author", async () => {
  const ada = await all()(sid).participants.create({ identity: "ada" });
  expect(await messages().create({ author: "ada", body: "Hello" })).toMatchObject({ participantSid: ada.sid });
});

it("belongs to the Participant whose address is its author", async () => {
  const customer = await all()(sid).participants.create(PAIR);
  expect(await messages().create({ author: CUSTOMER, body: "Hello" })).toMatchObject({ participantSid: customer.sid });
});

it("belongs to nobody when its author is no Participant", async () => {
  await all()(sid).participants.create({ identity: "ada" });
  expect(await messages().create({ author: "grace", body: "Hello" })).toMatchObject({ participantSid: null });
});

it.each([
  ["no body", { author: "ada" }, 50503],
  ["an empty body", { body: "" }, 50503],
  ["a body of more than 32 KiB", { body: "é".repeat(16 * 1024 + 1) }, 50504],
  ["an author of more than 256 characters", { author: "a".repeat(257), body: "Hello" }, 50310],
  ["more than 4 KiB of attributes", { body: "Hello", attributes: JSON.stringify("x".repeat(4 * 1024)) }, 50303],
  ["attributes that are no JSON", { body: "Hello", attributes: "{platformId:7}" }, 50304],
  ["a subject of more than 256 characters", { body: "Hello", subject: "a".repeat(257) }, 20001],
])("refuses %s", async (_, message, code) => {
  await expect(messages().create(message)).rejects.toMatchObject({ status: 400, code });
  expect(await messages().list()).toEqual([]);
});

it("stores a body of 32 KiB", async () => {
  const body = "é".repeat(16 * 1024);
  expect(await messages().create({ body })).toMatchObject({ body });
});

it("says that it does not serve what a channel adds to it", async () => {
  const { links } = await messages().create({ body: "Hello" });
  expect(await sim.call("GET", String(links.channel_metadata))).toMatchObject({ status: 501 });
});

it("is dated as it was where it is brought in from elsewhere", async () => {
  const dateCreated = new Date("2020-07-01T22:18:37Z");
  const dateUpdated = new Date("2020-07-02T22:18:37Z");
  const message = await messages().create({ body: "Hello", dateCreated, dateUpdated, subject: "Your order" });
  expect(await messages()(message.sid).fetch()).toMatchObject({ dateCreated, dateUpdated });
});

it("lists its Messages oldest first unless asked otherwise", async () => {
  for (const body of ["one", "two", "three"]) await messages().create({ body });
  const bodies = async (order?: "asc" | "desc") => (await messages().list({ order })).map(({ body }) => body);
  expect(await bodies()).toEqual(["one", "two", "three"]);
  expect(await bodies("asc")).toEqual(["one", "two", "three"]);
  expect(await bodies("desc")).toEqual(["three", "two", "one"]);
});

it.each(["asc", "desc"] as const)(
  "shows each Message once, %s, whatever comes and goes between pages",
  async (order) => {
    for (const body of ["0", "1", "2", "3", "4"]) await messages().create({ body });
    const first = await messages().page({ order, pageSize: 2 });
    const [seen] = first.instances;
    await messages()(String(seen?.sid)).remove();
    await messages().create({ body: "5" });
    const second = await first.nextPage();
    const third = await second?.nextPage();
    const back = await second?.previousPage();
    const bodies = [first, second, third, back].map((page) => page?.instances.map(({ body }) => body));
    expect(bodies).toEqual(
      order === "asc" ? [["0", "1"], ["2", "3"], ["4", "5"], ["1"]] : [["4", "3"], ["2", "1"], ["0"], ["5", "3"]],
    );
  },
);

it("never gives an index twice, not even after a removal", async () => {
  const first = await messages().create({ body: "one" });
  await messages()(first.sid).remove();
  expect(await messages().create({ body: "two" })).toMatchObject({ index: 1 });
});

it("changes what an update names and nothing else", async () => {
  const created = await messages().create({ author: "ada", body: "Hello" });
  await messages()(created.sid).update({ attributes: '{"relay":"sent"}' });
  expect(await messages()(created.sid).fetch()).toMatchObject({
    author: "ada",
    body: "Hello",
    attributes: '{"relay":"sent"}',
  });
});

it.each([
  ["nothing", {}, 20161],
  ["its body to nothing", { body: "" }, 50503],
  ["its body to more than 32 KiB", { body: "x".repeat(32 * 1024 + 1) }, 50504],
  ["its attributes to more than 4 KiB", { attributes: JSON.stringify("x".repeat(4 * 1024)) }, 50303],
  ["its attributes to no JSON", { attributes: "{" }, 50304],
])("refuses an update of %s", async (_, change, code) => {
  const created = await messages().create({ body: "Hello" });
  await expect(messages()(created.sid).update(change)).rejects.toMatchObject({ status: 400, code });
  expect((await messages()(created.sid).fetch()).toJSON()).toEqual(created.toJSON());
});

it("is gone when it was removed", async () => {
  const { sid: message } = await messages().create({ body: "Hello" });
  await messages()(message).remove();
  await expect(messages()(message).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

it("is not found in another Conversation", async () => {
  const { sid: message } = await messages().create({ body: "Hello" });
  const other = await all().create();
  await expect(all()(other.sid).messages(message).fetch()).rejects.toMatchObject({ status: 404 });
});

it("cannot be changed in a closed Conversation, unless Twilio turns out to allow it", async () => {
  const { sid: message } = await messages().create({ body: "Hello" });
  await all()(sid).update({ state: "closed" });
  const refused = { status: 400, code: 50377 };
  await expect(messages()(message).update({ attributes: '{"relay":"sent"}' })).rejects.toMatchObject(refused);
  await expect(messages()(message).remove()).rejects.toMatchObject(refused);
});

describe("delivery", () => {
  it("goes to a customer's phone, from our sender", async () => {
    await all()(sid).participants.create(PAIR);
    await messages().create({ author: "ada", body: "Hello" });
    expect(sim.world.phones.messages(CUSTOMER)).toMatchObject([
      { direction: "in", customer: CUSTOMER, sender: SENDER, body: "Hello", conversationSid: sid },
    ]);
  });

  it("goes to every customer but the author", async () => {
    const other = "+15550105678";
    await all()(sid).participants.create(PAIR);
    await all()(sid).participants.create({ ...PAIR, "messagingBinding.address": other });
    await messages().create({ author: CUSTOMER, body: "Hello both" });
    expect({ author: sim.heard(CUSTOMER), other: sim.heard(other) }).toEqual({ author: [], other: ["Hello both"] });
  });

  it("does not reach customers who joined later", async () => {
    await messages().create({ body: "Too early" });
    await all()(sid).participants.create(PAIR);
    expect(sim.heard()).toEqual([]);
  });

  it("is nothing to speak of without a messaging Participant", async () => {
    await all()(sid).participants.create({ identity: "ada" });
    expect(await messages().create({ body: "Hello" })).toMatchObject({ delivery: null });
  });

  it("is summed up on the Message, first as sent, then as delivered", async () => {
    await all()(sid).participants.create(PAIR);
    const created = await messages().create({ body: "Hello" });
    expect(created.delivery).toEqual({ ...NOTHING, total: 1, sent: "all" });
    await sim.simulator.settled();
    const { delivery } = await messages()(created.sid).fetch();
    expect(delivery).toEqual({ ...NOTHING, total: 1, sent: "all", delivered: "all" });
  });

  it("fails for an SMS of more than 1600 characters, which stays in the Conversation", async () => {
    await all()(sid).participants.create(PAIR);
    const { sid: message } = await messages().create({ body: "x".repeat(1601) });
    await sim.simulator.settled();
    expect(await messages()(message).fetch()).toMatchObject({ delivery: { ...NOTHING, total: 1, failed: "all" } });
    expect(sim.heard()).toEqual([]);
  });

  const NOTHING = { sent: "none", delivered: "none", read: "none", failed: "none", undelivered: "none" };
});
