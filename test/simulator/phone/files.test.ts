import { useLevers } from "../levers/use-levers";
import { PICTURE } from "../media/use-media";
import { useReceiver } from "../use-receiver";
import { CUSTOMER, SENDER } from "../use-simulator";

const sim = useLevers();
const receiver = useReceiver();
const file = { contentType: "image/jpeg", filename: "cat.jpg", content: PICTURE.toString("base64") };
const WHATSAPP = { from: `whatsapp:${CUSTOMER}`, to: "whatsapp:+15550100200" };

it("come with a customer's message, byte for byte", async () => {
  const sent = await sim.post(`customers/${CUSTOMER}/messages`, { body: "Look", media: [file] });
  const { conversationSid, messageSid } = sent.body as Record<string, string>;
  const message = await sim.conversations.conversations(String(conversationSid)).messages(String(messageSid)).fetch();
  expect(message).toMatchObject({
    author: CUSTOMER,
    body: "Look",
    media: [{ content_type: "image/jpeg", filename: "cat.jpg", size: PICTURE.length }],
  });
  const [media] = [...sim.world.media.media.values()];
  expect(media).toMatchObject({ author: CUSTOMER, messageSid, conversationSid });
  expect(media && sim.world.media.content(media)).toEqual(PICTURE);
});

it("come without text as well, and then there is no Body", async () => {
  await sim.conversations.configuration.webhooks().update({
    postWebhookUrl: receiver.url(),
    filters: ["onMessageAdded"],
  });
  await sim.post(`customers/${CUSTOMER}/messages`, { media: [file, file] });
  const [event] = receiver.received;
  expect(event?.params).not.toHaveProperty("Body");
  expect(JSON.parse(String(event?.params.Media))).toHaveLength(2);
});

it("are on the phone that sent them, where their bytes can be read", async () => {
  await sim.post(`customers/${CUSTOMER}/messages`, { media: [file] });
  const phone = await sim.get(`customers/${CUSTOMER}/messages`);
  const [{ media }] = phone.body as unknown as [{ media: [{ sha256: string }] }];
  expect(media).toEqual([
    { contentType: "image/jpeg", filename: "cat.jpg", size: PICTURE.length, sha256: media[0].sha256 },
  ]);
  const response = await fetch(sim.url(`files/${media[0].sha256}`));
  expect(Buffer.from(await response.arrayBuffer())).toEqual(PICTURE);
});

it.each([
  ["more than ten by MMS", CUSTOMER, SENDER, 11],
  ["more than one by WhatsApp", WHATSAPP.from, WHATSAPP.to, 2],
])("are not sent %s", async (_, from, to, count) => {
  const refused = await sim.post(`customers/${from}/messages`, { to, media: Array(count).fill(file) });
  expect(refused).toMatchObject({ status: 400, body: { code: 20001 } });
  expect(sim.world.phones.all).toEqual([]);
});

const hears = (type: "whatsapp" | "messenger", address: string) =>
  sim.conversations.addressConfigurations.create({ type, address, "autoCreation.enabled": true });
const MESSENGER = { from: "messenger:4242", to: "messenger:100200300400500" };

it.each([
  ["sms", CUSTOMER, SENDER, 5],
  ["whatsapp", WHATSAPP.from, WHATSAPP.to, 16],
  ["messenger", MESSENGER.from, MESSENGER.to, 25],
] as const)("are sent as large as %s carries them, and not larger", async (channel, from, to, megabytes) => {
  if (channel !== "sms") await hears(channel, to);
  const content = Buffer.alloc(megabytes * 1024 * 1024, 1);
  const sends = (bytes: Buffer) => sim.world.phones.send({ from, to, media: [{ ...file, content: bytes }] });
  await expect(sends(Buffer.alloc(content.length + 1))).rejects.toMatchObject({ status: 400, code: 20001 });
  await sends(content);
  expect(sim.world.phones.all).toMatchObject([{ media: [{ size: content.length }] }]);
});

it("are taken by the lever as large as any channel carries them", async () => {
  await hears("messenger", MESSENGER.to);
  const large = { ...file, content: Buffer.alloc(25 * 1024 * 1024, 1).toString("base64") };
  const sent = await sim.post(`customers/${MESSENGER.from}/messages`, { media: [large] });
  expect(sent.status).toBe(200);
});

it.each([
  ["neither text nor a file", {}, "body"],
  ["a file that is no base64", { media: [{ ...file, content: "no!" }] }, "media.0.content"],
])("cannot be sent with %s", async (_, message, field) => {
  expect(await sim.post(`customers/${CUSTOMER}/messages`, message)).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining(field) },
  });
});

it("that do not exist are not found", async () => {
  expect(await sim.get("files/none")).toMatchObject({ status: 404 });
});
