import { CUSTOMER, PAIR, SENDER, useSimulator } from "../use-simulator";

const NEW = "+15550100777";

const sim = useSimulator();
const numbers = () => sim.twilio.incomingPhoneNumbers;
const send = (from: string) => sim.twilio.messages.create({ from, to: CUSTOMER, body: "Hello" });

it("has the account's number from the start", async () => {
  expect(await numbers().list()).toMatchObject([
    {
      sid: expect.stringMatching(/^PN[0-9a-f]{32}$/),
      accountSid: sim.simulator.account.sid,
      phoneNumber: SENDER,
      friendlyName: "(555) 010-0100",
      smsUrl: "",
      smsMethod: "POST",
      capabilities: { sms: true, mms: true },
      status: "in-use",
    },
  ]);
});

it("buys a number, which then sends, converses and can be found", async () => {
  const bought = await numbers().create({ phoneNumber: NEW, friendlyName: "Second line" });
  expect(await numbers()(bought.sid).fetch()).toMatchObject({ phoneNumber: NEW, friendlyName: "Second line" });
  await send(NEW);
  await sim.simulator.settled();
  const { sid } = await sim.conversations.conversations.create();
  await sim.conversations.conversations(sid).participants.create({ ...PAIR, "messagingBinding.proxyAddress": NEW });
  await sim.conversations.conversations(sid).messages.create({ body: "From the second line" });
  await sim.simulator.settled();
  expect(sim.world.phones.messages(CUSTOMER)).toEqual([
    expect.objectContaining({ sender: NEW, body: "Hello", conversationSid: "" }),
    expect.objectContaining({ sender: NEW, body: "From the second line", conversationSid: sid }),
  ]);
});

it("has no sender any more in a number that was released", async () => {
  const { sid } = await numbers().create({ phoneNumber: NEW });
  await numbers()(sid).remove();
  await expect(send(NEW)).rejects.toMatchObject({ status: 400, code: 21660 });
  await expect(sim.simulator.customerSends(CUSTOMER, "Hello", NEW)).rejects.toMatchObject({ code: 21606 });
  const conversation = await sim.conversations.conversations.create();
  await expect(
    sim.conversations
      .conversations(conversation.sid)
      .participants.create({ ...PAIR, "messagingBinding.proxyAddress": NEW }),
  ).rejects.toMatchObject({ code: 50413 });
  await expect(numbers()(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

it.each([
  ["a number that somebody has", { phoneNumber: SENDER }, 21422],
  ["a number that is not for sale", { phoneNumber: "+14155550100" }, 21422],
  ["what is no number", { phoneNumber: "5550100777" }, 21421],
  ["none", {}, 20001],
])("does not sell %s", async (_, wanted, code) => {
  await expect(numbers().create(wanted)).rejects.toMatchObject({ status: 400, code });
  expect(await numbers().list()).toHaveLength(1);
});

it("changes what an update names and nothing else", async () => {
  const [number] = await numbers().list();
  await numbers()(String(number?.sid)).update({ smsUrl: "https://example.com/sms", smsMethod: "GET" });
  await numbers()(String(number?.sid)).update({ friendlyName: "Front desk" });
  expect(await numbers()(String(number?.sid)).fetch()).toMatchObject({
    smsUrl: "https://example.com/sms",
    smsMethod: "GET",
    friendlyName: "Front desk",
    phoneNumber: SENDER,
  });
});

it("finds numbers by name, whole number, part and pattern", async () => {
  await numbers().create({ phoneNumber: NEW, friendlyName: "Second line" });
  const found = async (by: { friendlyName?: string; phoneNumber?: string }) =>
    (await numbers().list(by)).map(({ phoneNumber }) => phoneNumber);
  expect(await found({ friendlyName: "Second line" })).toEqual([NEW]);
  expect(await found({ phoneNumber: SENDER })).toEqual([SENDER]);
  expect(await found({ phoneNumber: "0777" })).toEqual([NEW]);
  expect(await found({ phoneNumber: "+15550100*00" })).toEqual([SENDER]);
});

it("turns pages by paths", async () => {
  for (let last = 0; last < 4; last++) await numbers().create({ phoneNumber: `+1555010077${last}` });
  const first = await numbers().page({ pageSize: 2 });
  const second = await first.nextPage();
  const third = await second?.nextPage();
  expect([first, second, third].map((page) => page?.instances.length)).toEqual([2, 2, 1]);
  expect(await third?.nextPage()).toBeUndefined();
  expect((await second?.previousPage())?.instances).toEqual(first.instances);
  expect(await numbers().list({ pageSize: 2 })).toHaveLength(5);
});

it("says that it does not serve applications and trunks", async () => {
  const [number] = await numbers().list();
  const change = { smsApplicationSid: `AP${"0".repeat(32)}` };
  await expect(numbers()(String(number?.sid)).update(change)).rejects.toMatchObject({ status: 501 });
});
