import { useReceiver } from "../use-receiver";
import { CUSTOMER, SENDER, useSimulator } from "../use-simulator";

const OTHER = "+15550105678";
const SECOND = "+15550100777";

const sim = useSimulator();
const receiver = useReceiver();
const services = () => sim.twilio.messaging.v1.services;
const numberAt = async (phoneNumber: string) =>
  String((await sim.twilio.incomingPhoneNumbers.list({ phoneNumber })).at(0)?.sid);

it("lives as others do", async () => {
  const created = await services().create({ friendlyName: "Shop" });
  expect(created).toMatchObject({
    sid: expect.stringMatching(/^MG[0-9a-f]{32}$/),
    stickySender: true,
    inboundRequestUrl: null,
    inboundMethod: "POST",
    useInboundWebhookOnNumber: false,
  });
  await services()(created.sid).update({ stickySender: false, inboundRequestUrl: "https://example.com/in" });
  expect(await services()(created.sid).fetch()).toMatchObject({
    friendlyName: "Shop",
    stickySender: false,
    inboundRequestUrl: "https://example.com/in",
  });
  expect(await services().list()).toHaveLength(1);
  await services()(created.sid).remove();
  await expect(services()(created.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
});

describe("its senders", () => {
  it("are numbers of the account, each in one service at most", async () => {
    const { sid } = await services().create({ friendlyName: "Shop" });
    const other = await services().create({ friendlyName: "Hotline" });
    const phoneNumberSid = await numberAt(SENDER);
    const { phoneNumbers } = services()(sid);
    expect(await phoneNumbers.create({ phoneNumberSid })).toMatchObject({ sid: phoneNumberSid, phoneNumber: SENDER });
    await expect(phoneNumbers.create({ phoneNumberSid })).rejects.toMatchObject({ code: 21710 });
    await expect(services()(other.sid).phoneNumbers.create({ phoneNumberSid })).rejects.toMatchObject({ code: 21712 });
    await expect(phoneNumbers.create({ phoneNumberSid: `PN${"0".repeat(32)}` })).rejects.toMatchObject({ code: 21421 });
    expect(await phoneNumbers(phoneNumberSid).fetch()).toMatchObject({ serviceSid: sid });
    await phoneNumbers(phoneNumberSid).remove();
    expect(await phoneNumbers.list()).toEqual([]);
    expect(await services()(other.sid).phoneNumbers.create({ phoneNumberSid })).toMatchObject({
      serviceSid: other.sid,
    });
  });

  it("are free again when the service is deleted", async () => {
    const { sid } = await shop();
    await services()(sid).remove();
    const next = await services().create({ friendlyName: "Next" });
    await services()(next.sid).phoneNumbers.create({ phoneNumberSid: await numberAt(SENDER) });
    expect(await services()(next.sid).phoneNumbers.list()).toHaveLength(1);
  });

  it("are of no other kind", async () => {
    const { sid } = await services().create({ friendlyName: "Shop" });
    const { shortCodes, alphaSenders, channelSenders, destinationAlphaSenders } = services()(sid);
    const lists = [shortCodes.list(), alphaSenders.list(), channelSenders.list(), destinationAlphaSenders.list()];
    expect((await Promise.all<unknown[]>(lists)).flat()).toEqual([]);
    await expect(alphaSenders.create({ alphaSender: "Shop" })).rejects.toMatchObject({ status: 501 });
  });
});

describe("a Message that it sends", () => {
  const send = async (messagingServiceSid: string, to = CUSTOMER) => {
    const created = await sim.twilio.messages.create({ messagingServiceSid, to, body: "Hello" });
    await sim.simulator.settled();
    return { created, sent: await sim.twilio.messages(created.sid).fetch() };
  };

  it("is accepted first, and has a sender once it is queued", async () => {
    const { sid } = await shop({ statusCallback: receiver.url() });
    const { created, sent } = await send(sid);
    expect(created).toMatchObject({ status: "accepted", from: null, numSegments: "0", messagingServiceSid: sid });
    expect(sent).toMatchObject({ status: "delivered", from: SENDER, numSegments: "1" });
    expect(receiver.received.map(({ params }) => params.MessageStatus)).toEqual(["queued", "sent", "delivered"]);
    expect(receiver.received[0]?.params).toMatchObject({ MessagingServiceSid: sid, From: SENDER });
  });

  it("comes from the same sender each time, for one customer", async () => {
    const { sid } = await shop();
    const senders = async (to: string) => (await send(sid, to)).sent.from;
    expect(await senders(CUSTOMER)).toBe(SENDER);
    expect(await senders(OTHER)).toBe(SECOND);
    expect(await senders(CUSTOMER)).toBe(SENDER);
    expect(await senders(OTHER)).toBe(SECOND);
  });

  it("comes from one after the other without Sticky Sender", async () => {
    const { sid } = await shop({ stickySender: false });
    const senders = [await send(sid), await send(sid), await send(sid)].map(({ sent }) => sent.from);
    expect(senders).toEqual([SENDER, SECOND, SENDER]);
  });

  it("comes from another when its sender was taken away", async () => {
    const { sid } = await shop();
    await send(sid);
    await services()(sid)
      .phoneNumbers(await numberAt(SENDER))
      .remove();
    expect((await send(sid)).sent.from).toBe(SECOND);
  });

  it("is refused when there is no sender", async () => {
    const { sid } = await services().create({ friendlyName: "Empty" });
    await expect(send(sid)).rejects.toMatchObject({ status: 400, code: 21703 });
    const silent = sim.twilio.messages.create({ messagingServiceSid: sid, to: CUSTOMER });
    await expect(silent).rejects.toMatchObject({ status: 400, code: 21619 });
  });
});

describe("what customers write to its numbers", () => {
  const writes = () => sim.simulator.customerSends(CUSTOMER, "Hello");

  it("goes to the service's webhook, and not to the number's", async () => {
    const { sid } = await shop({ inboundRequestUrl: receiver.url("/service") });
    await writes();
    expect(receiver.received).toMatchObject([
      { path: "/service", params: { MessagingServiceSid: sid, From: CUSTOMER } },
    ]);
  });

  it("goes to the number's webhook where the service leaves it the word", async () => {
    await shop({ inboundRequestUrl: receiver.url("/service"), useInboundWebhookOnNumber: true });
    await writes();
    expect(receiver.received).toMatchObject([{ path: "/number" }]);
  });

  it("goes nowhere when the service has no webhook", async () => {
    await shop();
    await expect(writes()).rejects.toMatchObject({ status: 404 });
    expect(receiver.received).toEqual([]);
  });
});

/** A service with two senders, the first of which has a webhook of its own. */
async function shop(settings: object = {}) {
  const service = await services().create({ friendlyName: "Shop", ...settings });
  const second = await sim.twilio.incomingPhoneNumbers.create({ phoneNumber: SECOND });
  const first = await numberAt(SENDER);
  await sim.twilio.incomingPhoneNumbers(first).update({ smsUrl: receiver.url("/number") });
  for (const phoneNumberSid of [first, second.sid]) {
    await services()(service.sid).phoneNumbers.create({ phoneNumberSid });
    await sim.simulator.advance(1);
  }
  return service;
}
