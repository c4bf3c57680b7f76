import { PICTURE, useMedia } from "../media/use-media";
import { useReceiver } from "../use-receiver";
import { CUSTOMER, PAIR, SENDER } from "../use-simulator";

const MB = 1024 * 1024;
const sim = useMedia();
const receiver = useReceiver();
const messages = () => sim.conversations.conversations(sid).messages;
const WHATSAPP = `whatsapp:${CUSTOMER}`;
const WHATSAPP_SENDER = "whatsapp:+15550100200";

let sid: string;
beforeEach(async () => {
  ({ sid } = await sim.conversations.conversations.create());
});

it("shows the file it was created with, which then is its own", async () => {
  const media = await sim.upload(PICTURE, "image/png", { Filename: "cat.png" });
  const message = await messages().create({ author: "ada", mediaSid: media.sid });
  expect(message).toMatchObject({
    body: null,
    media: [{ sid: media.sid, size: PICTURE.length, content_type: "image/png", filename: "cat.png" }],
  });
  expect(await sim.fetched(media.sid)).toMatchObject({ message_sid: message.sid, channel_sid: sid });
});

it("has text and a file at once", async () => {
  const media = await sim.upload(PICTURE);
  expect(await messages().create({ body: "Look", mediaSid: media.sid })).toMatchObject({
    body: "Look",
    media: [{ sid: media.sid, filename: null }],
  });
});

it("refuses a file that does not exist, and one of another service", async () => {
  const other = await sim.conversations.services.create({ friendlyName: "Other" });
  const elsewhere = await sim.conversations.services(other.sid).conversations.create();
  const media = await sim.upload(PICTURE);
  const unknown = { status: 400, code: 50507 };
  await expect(messages().create({ mediaSid: `ME${"0".repeat(32)}` })).rejects.toMatchObject(unknown);
  await expect(
    sim.conversations.services(other.sid).conversations(elsewhere.sid).messages.create({ mediaSid: media.sid }),
  ).rejects.toMatchObject(unknown);
  expect(await messages().list()).toEqual([]);
});

it("refuses a file of another Message", async () => {
  const { sid: mediaSid } = await sim.upload(PICTURE);
  await messages().create({ mediaSid });
  await expect(messages().create({ mediaSid })).rejects.toMatchObject({ status: 400, code: 50508 });
});

it("leaves a file free when the Message is refused", async () => {
  const { sid: mediaSid } = await sim.upload(PICTURE);
  await expect(messages().create({ mediaSid, attributes: "{" })).rejects.toMatchObject({ code: 50304 });
  expect(await messages().create({ mediaSid })).toMatchObject({ media: [{ sid: mediaSid }] });
});

it("can lose its text, but not without a file", async () => {
  const { sid: mediaSid } = await sim.upload(PICTURE);
  const message = await messages().create({ body: "Look", mediaSid });
  expect(await messages()(message.sid).update({ body: "" })).toMatchObject({ body: null, media: [{ sid: mediaSid }] });
});

it("tells webhooks of its files in capitals, and of no Body where there is none", async () => {
  await sim.conversations.conversations(sid).webhooks.create({
    target: "webhook",
    "configuration.url": receiver.url(),
    "configuration.filters": ["onMessageAdded"],
  });
  const media = await sim.upload(PICTURE, "image/png", { Filename: "cat.png" });
  await messages().create({ mediaSid: media.sid, xTwilioWebhookEnabled: "true" });
  await sim.simulator.settled();
  const [{ params } = { params: {} as Record<string, string> }] = receiver.received;
  expect(params).not.toHaveProperty("Body");
  expect(JSON.parse(String(params.Media))).toEqual([
    { Sid: media.sid, Filename: "cat.png", ContentType: "image/png", Size: PICTURE.length },
  ]);
});

it("may have several files from a client SDK", async () => {
  const files = [await sim.upload(PICTURE), await sim.upload(PICTURE, "application/pdf")];
  const mediaSids = files.map((file) => file.sid);
  const { sid: message } = sim.world.conversations.addMessage(sid, { mediaSids, source: "SDK", webhooks: true });
  const { media } = await messages()(message).fetch();
  expect(media).toMatchObject([{ sid: mediaSids[0] }, { sid: mediaSids[1], content_type: "application/pdf" }]);
});

it("keeps its file when it is removed", async () => {
  const { sid: mediaSid, links } = await sim.upload(PICTURE);
  const message = await messages().create({ mediaSid });
  await messages()(message.sid).remove();
  expect(await sim.bytes(links.content)).toEqual(PICTURE);
  await expect(messages().create({ mediaSid })).rejects.toMatchObject({ code: 50508 });
});

describe("on its way to a customer", () => {
  it("brings the very bytes to the phone", async () => {
    await sim.conversations.conversations(sid).participants.create(PAIR);
    const { sid: mediaSid } = await sim.upload(PICTURE, "image/png", { Filename: "cat.png" });
    const message = await messages().create({ body: "Look", mediaSid });
    await sim.simulator.settled();
    const [received] = sim.world.phones.messages(CUSTOMER);
    expect(received).toMatchObject({
      body: "Look",
      sender: SENDER,
      media: [{ contentType: "image/png", filename: "cat.png" }],
    });
    expect(sim.world.media.files.read(String(received?.media?.[0]?.sha256))).toEqual(PICTURE);
    expect(await receiptsOf(message.sid)).toMatchObject([
      { status: "delivered", errorCode: 0, channelMessageSid: expect.stringMatching(/^MM/) },
    ]);
  });

  it.each([
    ["of a type that SMS does not take", "image/gif", 10, 12300],
    ["of 5 MB by SMS", "image/jpeg", 5 * MB, 11751],
  ])("is stored, but not sent, %s", async (_, type, size, errorCode) => {
    await sim.conversations.conversations(sid).participants.create(PAIR);
    const { sid: mediaSid } = await sim.upload(Buffer.alloc(size), type);
    const message = await messages().create({ mediaSid });
    await sim.simulator.settled();
    expect(await receiptsOf(message.sid)).toMatchObject([{ status: "failed", errorCode }]);
    expect(sim.world.phones.messages(CUSTOMER)).toEqual([]);
    expect((await messages()(message.sid).fetch()).media).toHaveLength(1);
  });

  describe("by WhatsApp", () => {
    beforeEach(async () => {
      await sim.conversations.conversations(sid).participants.create({
        "messagingBinding.address": WHATSAPP,
        "messagingBinding.proxyAddress": WHATSAPP_SENDER,
      });
      await sim.simulator.customerSends(WHATSAPP, "Hello", WHATSAPP_SENDER);
    });

    it.each([
      ["up to 16 MB", "application/pdf", 16 * MB, { status: "delivered" }],
      ["not of more", "application/pdf", 16 * MB + 1, { status: "failed", errorCode: 11751 }],
      ["as an image up to 5 MB", "image/png", 5 * MB, { status: "delivered" }],
      ["not as an image of more", "image/png", 5 * MB + 1, { status: "failed", errorCode: 11751 }],
      ["not in a type it does not know", "text/csv", 10, { status: "failed", errorCode: 63021 }],
    ])("is taken %s", async (_, type, size, receipt) => {
      const { sid: mediaSid } = await sim.upload(Buffer.alloc(size), type);
      const sent = await messages().create({ mediaSid });
      await sim.simulator.settled();
      expect(await receiptsOf(sent.sid)).toMatchObject([receipt]);
    });

    it.each([
      ["a picture", "image/png", "Look"],
      ["a document", "application/pdf", ""],
    ])("a text beside %s is shown or not", async (_, type, body) => {
      const { sid: mediaSid } = await sim.upload(PICTURE, type);
      await messages().create({ body: "Look", mediaSid });
      await sim.simulator.settled();
      expect(sim.world.phones.messages(WHATSAPP).at(-1)).toMatchObject({ body, media: [{ size: PICTURE.length }] });
    });
  });
});

const receiptsOf = (message: string) => messages()(message).deliveryReceipts.list();
