import { CUSTOMER, PAIR, SENDER, useSimulator } from "../use-simulator";

const sim = useSimulator();
const all = () => sim.conversations.conversations;
const participants = () => all()(sid).participants;

let sid: string;
beforeEach(async () => {
  ({ sid } = await all().create({ uniqueName: "telegram_42.1" }));
});

it("keeps what a chat Participant is added with", async () => {
  const roleSid = String(
    (await sim.conversations.services(sim.simulator.account.chatServiceSid).configuration().fetch())
      .defaultConversationCreatorRoleSid,
  );
  expect(await participants().create({ identity: "ada", attributes: '{"vip":true}', roleSid })).toMatchObject({
    sid: expect.stringMatching(/^MB[0-9a-f]{32}$/),
    conversationSid: sid,
    identity: "ada",
    attributes: '{"vip":true}',
    roleSid,
    messagingBinding: null,
    lastReadMessageIndex: null,
  });
});

it.each([
  ["sms", CUSTOMER, SENDER],
  ["whatsapp", "whatsapp:+15550101234", "whatsapp:+15550100200"],
  ["messenger", "messenger:4200", "messenger:100200300400500"],
])("keeps a customer's address and our own as a %s binding", async (type, address, proxyAddress) => {
  const added = await participants().create({
    "messagingBinding.address": address,
    "messagingBinding.proxyAddress": proxyAddress,
  });
  expect(added).toMatchObject({
    identity: null,
    messagingBinding: { type, address, proxy_address: proxyAddress },
  });
});

it("is found by SID and by identity, in the Conversation by SID or unique name", async () => {
  const added = await participants().create({ identity: "ada" });
  expect((await participants()(added.sid).fetch()).sid).toBe(added.sid);
  expect((await all()("telegram_42.1").participants("ada").fetch()).sid).toBe(added.sid);
});

it("does not find the Participants of another Conversation", async () => {
  const other = await all().create();
  const { sid: elsewhere } = await all()(other.sid).participants.create({ identity: "ada" });
  for (const one of [elsewhere, "ada"]) {
    await expect(participants()(one).fetch()).rejects.toMatchObject({ status: 404, code: 50432 });
  }
});

it("lists its Participants in the order in which they joined", async () => {
  for (const identity of ["ada", "grace", "sam"]) await participants().create({ identity });
  expect((await participants().list()).map(({ identity }) => identity)).toEqual(["ada", "grace", "sam"]);
});

it("changes what an update names and nothing else", async () => {
  await participants().create({ identity: "ada", attributes: '{"vip":true}' });
  await participants()("ada").update({ lastReadMessageIndex: 3, lastReadTimestamp: "2026-11-24T15:00:00Z" });
  expect(await participants()("ada").fetch()).toMatchObject({
    attributes: '{"vip":true}',
    lastReadMessageIndex: 3,
    lastReadTimestamp: "2026-11-24T15:00:00Z",
  });
});

it.each<[string, Parameters<ReturnType<ReturnType<typeof participants>>["update"]>[0], number, number]>([
  ["nothing", {}, 400, 20161],
  ["a date that is none", { lastReadTimestamp: "yesterday" }, 400, 20001],
])("refuses an update of %s", async (_, change, status, code) => {
  await participants().create({ identity: "ada" });
  await expect(participants()("ada").update(change)).rejects.toMatchObject({ status, code });
});

it("stores 4 KiB of attributes and not a byte more", async () => {
  const fits = JSON.stringify("x".repeat(4 * 1024 - 2));
  expect(await participants().create({ identity: "ada", attributes: fits })).toMatchObject({ attributes: fits });
  const tooLong = { status: 400, code: 50303 };
  await expect(participants().create({ identity: "grace", attributes: ` ${fits}` })).rejects.toMatchObject(tooLong);
  await expect(participants()("ada").update({ attributes: ` ${fits}` })).rejects.toMatchObject(tooLong);
});

it.each([
  ["an identity together with an address pair", { identity: "ada", ...PAIR }, 50211],
  ["neither identity nor address", {}, 50204],
  ["an address of no known form", binding("4155551234", SENDER), 50407],
  ["a proxy address alone", { "messagingBinding.proxyAddress": SENDER }, 50407],
  ["an address alone that can be in no group", { "messagingBinding.address": `whatsapp:${CUSTOMER}` }, 50408],
  ["an empty address", binding("", SENDER), 50411],
  ["an empty proxy address", binding(CUSTOMER, ""), 50412],
  ["a proxy address that is the address", binding(SENDER, SENDER), 50409],
  ["a WhatsApp proxy address that is no sender", binding(`whatsapp:${CUSTOMER}`, "whatsapp:+15550100999"), 50415],
  [
    "an address of more than 256 characters",
    binding(`messenger:${"4".repeat(260)}`, "messenger:100200300400500"),
    50407,
  ],
  ["an identity of more than 256 characters", { identity: "a".repeat(257) }, 50207],
  ["an identity that looks like a User's SID", { identity: `US${"0".repeat(32)}` }, 50206],
  ["attributes that are no JSON", { identity: "ada", attributes: "{vip" }, 50304],
  ["a proxy address of no known form", binding(CUSTOMER, "5550100100"), 50408],
  ["a proxy address that is another's", binding(CUSTOMER, "+15550100999"), 50413],
  ["an address and a proxy address of two kinds", binding(`whatsapp:${CUSTOMER}`, SENDER), 50414],
])("refuses %s", async (_, participant, code) => {
  await expect(participants().create(participant)).rejects.toMatchObject({ status: 400, code });
  expect(await participants().list()).toEqual([]);
});

it("refuses a Role that nobody knows, or that is for services", async () => {
  const unknown = `RL${"0".repeat(32)}`;
  const service = sim.conversations.services(sim.simulator.account.chatServiceSid);
  const { defaultChatServiceRoleSid } = await service.configuration().fetch();
  for (const roleSid of [unknown, defaultChatServiceRoleSid]) {
    const adding = participants().create({ identity: "ada", roleSid });
    await expect(adding).rejects.toMatchObject({ status: 404, code: 50109 });
  }
  await participants().create({ identity: "ada" });
  const changing = participants()("ada").update({ roleSid: unknown });
  await expect(changing).rejects.toMatchObject({ status: 404, code: 50109 });
});

it("refuses an identity that has joined already", async () => {
  await participants().create({ identity: "ada" });
  await expect(participants().create({ identity: "ada" })).rejects.toMatchObject({ status: 409, code: 50433 });
});

it("takes an identity again that has left", async () => {
  await participants().create({ identity: "ada" });
  await participants()("ada").remove();
  expect(await participants().create({ identity: "ada" })).toMatchObject({ identity: "ada" });
});

it("refuses a fifty-first messaging Participant", async () => {
  const { conversations } = sim.world;
  for (let n = 10; n < 60; n++) {
    const bound = { type: "sms" as const, address: `+155501010${n}`, proxyAddress: SENDER };
    conversations.addParticipant(sid, { binding: bound, source: "API", webhooks: false });
  }
  await expect(participants().create(PAIR)).rejects.toMatchObject({ status: 400, code: 50418 });
});

describe("an address pair", () => {
  let other: string;
  beforeEach(async () => {
    await participants().create(PAIR);
    ({ sid: other } = await all().create());
  });

  it("lives in one Conversation, which a refusal names", async () => {
    await expect(all()(other).participants.create(PAIR)).rejects.toMatchObject({
      status: 409,
      code: 50416,
      message: expect.stringContaining(sid),
    });
  });

  it("is another with another of our senders", async () => {
    const elsewhere = binding(`whatsapp:${CUSTOMER}`, "whatsapp:+15550100200");
    expect(await all()(other).participants.create(elsewhere)).toMatchObject({ conversationSid: other });
  });

  it("is free when its Participant was removed", async () => {
    const [holder] = await participants().list();
    await participants()(String(holder?.sid)).remove();
    expect(await all()(other).participants.create(PAIR)).toMatchObject({ conversationSid: other });
  });

  it("is free when its Conversation was closed", async () => {
    await all()(sid).update({ state: "closed" });
    expect(await all()(other).participants.create(PAIR)).toMatchObject({ conversationSid: other });
  });

  it("stays taken while its Conversation is inactive", async () => {
    await all()(sid).update({ state: "inactive" });
    await expect(all()(other).participants.create(PAIR)).rejects.toMatchObject({ code: 50416 });
  });

  it("is given to one of two who ask at once", async () => {
    await all()(sid).update({ state: "closed" });
    const third = await all().create();
    const tries = await Promise.allSettled([other, third.sid].map((one) => all()(one).participants.create(PAIR)));
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("the Conversations of a Participant", () => {
  const list = (filter: object) => sim.conversations.participantConversations.list(filter);

  it("are found by identity, open and closed ones, newest first", async () => {
    await participants().create({ identity: "ada" });
    const newer = await all().create({ attributes: '{"lang":"pt"}' });
    await all()(newer.sid).participants.create({ identity: "ada" });
    await all()(sid).update({ state: "closed" });
    expect(await list({ identity: "ada" })).toMatchObject([
      { conversationSid: newer.sid, conversationState: "active", conversationAttributes: '{"lang":"pt"}' },
      { conversationSid: sid, conversationState: "closed", conversationUniqueName: "telegram_42.1" },
    ]);
  });

  it("are found by address", async () => {
    const added = await participants().create(PAIR);
    expect(await list({ address: CUSTOMER })).toMatchObject([
      {
        conversationSid: sid,
        participantSid: added.sid,
        participantMessagingBinding: { type: "sms", address: CUSTOMER, proxy_address: SENDER },
      },
    ]);
  });

  it("are none for whoever is in none", async () => {
    await participants().create({ identity: "ada" });
    expect(await list({ identity: "grace" })).toEqual([]);
  });

  it("are asked for by identity or address", async () => {
    await participants().create({ identity: "ada" });
    await expect(list({})).rejects.toMatchObject({ status: 400 });
    const both = { identity: "ada", address: CUSTOMER };
    await expect(list(both)).rejects.toMatchObject({ status: 400, code: 50451 });
  });

  it("come in pages of fifty at most", async () => {
    const { conversations } = sim.world;
    for (let n = 0; n < 120; n++) {
      const row = conversations.create({});
      conversations.addParticipant(row.sid, { identity: "ada", source: "API", webhooks: false });
    }
    const first = await sim.conversations.participantConversations.page({ identity: "ada", pageSize: 50 });
    const second = await first.nextPage();
    const third = await second?.nextPage();
    const pages = [first, second, third].map((page) => page?.instances ?? []);
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 20]);
    expect(new Set(pages.flat().map(({ conversationSid }) => conversationSid)).size).toBe(120);
    expect(await third?.nextPage()).toBeUndefined();
    expect((await third?.previousPage())?.instances.map((one) => one.conversationSid)).toEqual(
      second?.instances.map((one) => one.conversationSid),
    );
  });
});

function binding(address: string, proxyAddress: string) {
  return { "messagingBinding.address": address, "messagingBinding.proxyAddress": proxyAddress };
}
