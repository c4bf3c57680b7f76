import { useReceiver } from "../use-receiver";
import { CUSTOMER, SENDER, useSimulator } from "../use-simulator";

const WHATSAPP = "whatsapp:+15550100200";
const WHATSAPP_CUSTOMER = `whatsapp:${CUSTOMER}`;

const sim = useSimulator();
const receiver = useReceiver();
const messages = () => sim.twilio.messages;
const send = (given: object = {}) => messages().create({ from: SENDER, to: CUSTOMER, body: "Hello", ...given });
const statuses = () => receiver.received.map(({ params }) => params.MessageStatus);

async function sent(given: object = {}) {
  const { sid } = await send(given);
  await sim.simulator.settled();
  return messages()(sid).fetch();
}

it("is queued, reaches the phone, and no Conversation", async () => {
  const created = await send();
  expect(created).toMatchObject({
    sid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
    accountSid: sim.simulator.account.sid,
    from: SENDER,
    to: CUSTOMER,
    body: "Hello",
    direction: "outbound-api",
    status: "queued",
    numSegments: "1",
    numMedia: "0",
    errorCode: null,
    uri: `/2010-04-01/Accounts/${sim.simulator.account.sid}/Messages/${created.sid}.json`,
  });
  await sim.simulator.settled();
  expect(await messages()(created.sid).fetch()).toMatchObject({ status: "delivered", dateSent: expect.any(Date) });
  expect(sim.heard()).toEqual(["Hello"]);
  expect(sim.simulator.state().conversations).toEqual([]);
});

it("tells its StatusCallback each status but the first, in order, signed", async () => {
  const { sid } = await sent({ statusCallback: receiver.url("/status") });
  expect(statuses()).toEqual(["sent", "delivered"]);
  expect(receiver.received[1]).toEqual({
    method: "POST",
    path: "/status",
    signed: true,
    params: {
      MessageSid: sid,
      SmsSid: sid,
      MessageStatus: "delivered",
      SmsStatus: "delivered",
      To: CUSTOMER,
      From: SENDER,
      AccountSid: sim.simulator.account.sid,
      ApiVersion: "2010-04-01",
    },
  });
});

it.each([
  ["undelivered", 30003, ["sent", "undelivered"]],
  ["failed", 30005, ["failed"]],
] as const)("ends %s, where the phone is such, with its code", async (status, errorCode, told) => {
  sim.world.phones.behave(CUSTOMER, { status, errorCode });
  expect(await sent({ statusCallback: receiver.url() })).toMatchObject({ status, errorCode });
  expect(statuses()).toEqual(told);
  expect(receiver.received.at(-1)?.params).toMatchObject({ ErrorCode: String(errorCode) });
  expect(sim.heard()).toEqual([]);
});

it("stays sent where no carrier ever confirms, and is read where the phone tells", async () => {
  sim.world.phones.behave(CUSTOMER, { status: "sent" });
  expect(await sent()).toMatchObject({ status: "sent" });
  sim.world.phones.behave(CUSTOMER, { status: "read" });
  expect(await sent()).toMatchObject({ status: "read" });
  expect(sim.heard()).toEqual(["Hello", "Hello"]);
});

it.each([
  ["to what is no number", { to: "5550101234" }, 21211],
  ["from what is no number", { from: "Front desk" }, 21212],
  ["from nobody", { from: undefined }, 21603],
  ["from a number of somebody else's", { from: "+15550100999" }, 21660],
  ["from a WhatsApp sender of somebody else's", { from: "whatsapp:+15550100999", to: WHATSAPP_CUSTOMER }, 63007],
  ["to itself", { to: SENDER }, 21266],
  ["from one channel to another", { to: WHATSAPP_CUSTOMER }, 21910],
  ["that says nothing", { body: undefined }, 21602],
  ["of more than 1600 characters", { body: "x".repeat(1601) }, 21617],
  ["with more than ten files", { mediaUrl: Array(11).fill("https://example.com/a.png") }, 21623],
  ["with variables for no template", { contentVariables: "{}" }, 21654],
  ["of an unknown template", { contentSid: `HX${"0".repeat(32)}` }, 21655],
  ["by an unknown Messaging Service", { from: undefined, messagingServiceSid: `MG${"0".repeat(32)}` }, 21701],
])("refuses one %s", async (_, given, code) => {
  await expect(send(given)).rejects.toMatchObject({ code });
  await sim.simulator.settled();
  expect(sim.world.phones.all).toEqual([]);
  expect(await messages().list()).toEqual([]);
});

it("needs somebody to go to", async () => {
  await expect(send({ to: "" })).rejects.toMatchObject({ status: 400 });
});

it.each([{ scheduleType: "fixed" as const }, { sendAt: new Date() }, { persistentAction: ["geo:1,2"] }])(
  "says that it does not serve %j",
  async (given) => {
    await expect(send(given)).rejects.toMatchObject({ status: 501 });
  },
);

it("counts the segments of its text", async () => {
  expect(await send({ body: "a".repeat(307) })).toMatchObject({ numSegments: "3" });
  expect(await send({ body: "👋".repeat(36) })).toMatchObject({ numSegments: "2" });
});

it("lists the newest first, by who, to whom and when", async () => {
  const other = "+15550105678";
  const first = await sent({ body: "First" });
  await sim.simulator.advance(2 * 86_400);
  const second = await sent({ body: "Second", to: other });
  const found = async (by: object) => (await messages().list(by)).map(({ sid }) => sid);
  expect(await found({})).toEqual([second.sid, first.sid]);
  expect(await found({ to: other })).toEqual([second.sid]);
  expect(await found({ from: SENDER })).toEqual([second.sid, first.sid]);
  expect(await found({ dateSent: first.dateSent })).toEqual([first.sid]);
  expect(await found({ dateSentAfter: second.dateSent })).toEqual([second.sid]);
  expect(await found({ dateSentBefore: first.dateSent })).toEqual([]);
  expect(await found({ pageSize: 1 })).toEqual([second.sid, first.sid]);
});

it("is redacted by an empty body, and gone when it was deleted", async () => {
  const { sid } = await sent();
  expect(await messages()(sid).update({ body: "" })).toMatchObject({ body: "", status: "delivered" });
  await expect(messages()(sid).update({ body: "Other" })).rejects.toMatchObject({ status: 400 });
  await messages()(sid).remove();
  await expect(messages()(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  expect(sim.heard()).toEqual(["Hello"]);
});

it("cannot be canceled, since nothing is scheduled", async () => {
  const { sid } = await sent();
  await expect(messages()(sid).update({ status: "canceled" })).rejects.toMatchObject({ status: 501 });
});

it("has its files as Media, which can be deleted apart", async () => {
  const mediaUrl = ["https://example.com/lamp.jpg", "https://example.com/manual.pdf?page=1"];
  const { sid, numMedia } = await sent({ mediaUrl });
  expect({ sid, numMedia }).toEqual({ sid: expect.stringMatching(/^MM/), numMedia: "2" });
  const [lamp, manual] = await messages()(sid).media.list();
  expect([lamp?.contentType, manual?.contentType]).toEqual(["image/jpeg", "application/pdf"]);
  expect(sim.world.phones.messages(CUSTOMER)).toMatchObject([
    { body: "Hello", media: [{ filename: "lamp.jpg" }, { filename: "manual.pdf", contentType: "application/pdf" }] },
  ]);
  expect(await messages()(sid).media(String(lamp?.sid)).fetch()).toMatchObject({ parentSid: sid });
  await messages()(sid).media(String(lamp?.sid)).remove();
  expect((await messages()(sid).media.list()).map((media) => media.sid)).toEqual([manual?.sid]);
  await expect(messages()(sid).media(String(lamp?.sid)).fetch()).rejects.toMatchObject({ status: 404 });
});

describe("on WhatsApp", () => {
  const onWhatsApp = { from: WHATSAPP, to: WHATSAPP_CUSTOMER };

  it("is undelivered with 63016 to a customer who did not write, or wrote too long ago", async () => {
    expect(await sent(onWhatsApp)).toMatchObject({ status: "undelivered", errorCode: 63016 });
    await customerWrites();
    expect(await sent(onWhatsApp)).toMatchObject({ status: "delivered" });
    await sim.simulator.advance(86_400);
    expect(await sent(onWhatsApp)).toMatchObject({ status: "undelivered", errorCode: 63016 });
  });

  it("goes at any time as an approved template, and never as a rejected one", async () => {
    const template = async (name: string) => {
      const all = await sim.twilio.content.v1.contents.list();
      return { ...onWhatsApp, contentSid: all.find(({ friendlyName }) => friendlyName === name)?.sid };
    };
    expect(await sent(await template("greeting"))).toMatchObject({ status: "delivered" });
    expect(await sent(await template("spring_offer"))).toMatchObject({ status: "undelivered", errorCode: 63016 });
    expect(sim.heard(WHATSAPP_CUSTOMER)).toEqual(["Hello there, we are here to help with your order."]);
  });

  async function customerWrites() {
    const configuration = { type: "whatsapp" as const, address: WHATSAPP, "autoCreation.enabled": true };
    await sim.conversations.addressConfigurations.create({ ...configuration, "autoCreation.type": "default" });
    await sim.simulator.customerSends(WHATSAPP_CUSTOMER, "Hi", WHATSAPP);
  }
});
