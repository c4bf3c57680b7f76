import { useLevers } from "../levers/use-levers";
import { useReceiver } from "../use-receiver";
import { CUSTOMER, PAIR, SENDER } from "../use-simulator";

const sim = useLevers();
const receiver = useReceiver();
const WHATSAPP = `whatsapp:${CUSTOMER}`;
const WHATSAPP_PAIR = {
  "messagingBinding.address": WHATSAPP,
  "messagingBinding.proxyAddress": "whatsapp:+15550100200",
};
const conversation = () => sim.conversations.conversations(sid);

let sid: string;
beforeEach(async () => {
  ({ sid } = await sim.conversations.conversations.create());
  await conversation().webhooks.create({
    target: "webhook",
    "configuration.url": receiver.url(),
    "configuration.filters": ["onDeliveryUpdated"],
  });
});

it("are one a customer, none for chat members", async () => {
  const customer = await conversation().participants.create(PAIR);
  await conversation().participants.create({ identity: "ada" });
  const message = await conversation().messages.create({ body: "Hello" });
  await sim.simulator.settled();
  const receipts = await conversation().messages(message.sid).deliveryReceipts.list();
  expect(receipts).toHaveLength(1);
  expect(receipts[0]).toMatchObject({
    sid: expect.stringMatching(/^DY[0-9a-f]{32}$/),
    messageSid: message.sid,
    conversationSid: sid,
    channelMessageSid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
    participantSid: customer.sid,
    status: "delivered",
    errorCode: 0,
  });
  const fetched = await conversation().messages(message.sid).deliveryReceipts(String(receipts[0]?.sid)).fetch();
  expect(fetched.toJSON()).toEqual(receipts[0]?.toJSON());
});

it("are read in the service's form as well", async () => {
  await conversation().participants.create(PAIR);
  const message = await conversation().messages.create({ body: "Hello" });
  const { chatServiceSid } = sim.simulator.account;
  const named = sim.conversations.services(chatServiceSid).conversations(sid).messages(message.sid).deliveryReceipts;
  const [receipt] = await named.list();
  expect(receipt).toMatchObject({ chatServiceSid, messageSid: message.sid });
  expect(receipt?.url).toContain(`/Services/${chatServiceSid}/Conversations/${sid}/Messages/${message.sid}/Receipts/`);
  expect(await named(String(receipt?.sid)).fetch()).toMatchObject({ sid: receipt?.sid });
});

it("are not found where there are none", async () => {
  const message = await conversation().messages.create({ body: "Hello" });
  expect(await conversation().messages(message.sid).deliveryReceipts.list()).toEqual([]);
  const missing = { status: 404, code: 20404 };
  const unknown = conversation()
    .messages(message.sid)
    .deliveryReceipts(`DY${"0".repeat(32)}`)
    .fetch();
  await expect(unknown).rejects.toMatchObject(missing);
  const nowhere = conversation()
    .messages(`IM${"0".repeat(32)}`)
    .deliveryReceipts.list();
  await expect(nowhere).rejects.toMatchObject(missing);
});

it("tell each change by a webhook of its own", async () => {
  await conversation().participants.create(PAIR);
  await conversation().messages.create({ body: "Hello" });
  expect(await told()).toEqual(["delivered 0", "sent 0"]);
});

it.each([
  [{ status: "sent" }, ["sent 0"]],
  [{ status: "undelivered", errorCode: 30003 }, ["sent 0", "undelivered 30003"]],
  [{ status: "failed", errorCode: 30005 }, ["failed 30005"]],
])("end as the phone does: %j", async (behaviour, changes) => {
  await conversation().participants.create(PAIR);
  await sim.post(`customers/${CUSTOMER}/behaviour`, behaviour);
  const message = await conversation().messages.create({ body: "Hello" });
  expect(await told()).toEqual(changes);
  expect((await conversation().messages(message.sid).fetch()).delivery).toMatchObject({
    total: 1,
    [behaviour.status]: "all",
  });
});

it("sum up how many customers a Message reached", async () => {
  const other = "+15550105678";
  await conversation().participants.create(PAIR);
  await conversation().participants.create({ ...PAIR, "messagingBinding.address": other });
  await sim.post(`customers/${other}/behaviour`, { status: "undelivered" });
  const message = await conversation().messages.create({ body: "Hello" });
  await sim.simulator.settled();
  expect((await conversation().messages(message.sid).fetch()).delivery).toEqual({
    ...{ total: 2, sent: "some", delivered: "some", read: "none", failed: "none", undelivered: "some" },
  });
});

it("fail for who wants no more messages", async () => {
  await conversation().participants.create(PAIR);
  await sim.simulator.customerSends(CUSTOMER, "STOP");
  const message = await conversation().messages.create({ body: "Hello" });
  expect(await told()).toEqual(["failed 21610"]);
  expect((await conversation().messages(message.sid).fetch()).delivery).toMatchObject({ failed: "all", sent: "none" });
});

describe("of WhatsApp", () => {
  beforeEach(() => conversation().participants.create(WHATSAPP_PAIR));

  it("are read when the customer looks", async () => {
    await sim.simulator.customerSends(WHATSAPP, "Hi", "whatsapp:+15550100200");
    const message = await conversation().messages.create({ body: "Hello" });
    await sim.simulator.settled();
    expect(await sim.post(`customers/${WHATSAPP}/read`)).toEqual({ status: 200, body: { read: 1 } });
    expect(await told()).toEqual(["delivered 0", "read 0", "sent 0"]);
    const [receipt] = await conversation().messages(message.sid).deliveryReceipts.list();
    expect(receipt).toMatchObject({ status: "read", channelMessageSid: expect.stringMatching(/^WA/) });
    const { delivery } = await conversation().messages(message.sid).fetch();
    expect(delivery).toMatchObject({ sent: "all", delivered: "all", read: "all" });
    expect(await sim.post(`customers/${WHATSAPP}/read`)).toMatchObject({ body: { read: 0 } });
  });

  it("end in 63016 a day after the customer wrote", async () => {
    await sim.simulator.customerSends(WHATSAPP, "Hi", "whatsapp:+15550100200");
    await sim.simulator.advance(24 * 3600 - 1);
    await conversation().messages.create({ body: "Just in time" });
    await sim.simulator.advance(1);
    await conversation().messages.create({ body: "Too late" });
    expect(await told()).toEqual(["delivered 0", "sent 0", "sent 0", "undelivered 63016"]);
    expect(sim.heard(WHATSAPP)).toEqual(["Just in time"]);
  });
});

it("of Messenger end in 63016 as well", async () => {
  await conversation().participants.create({
    "messagingBinding.address": "messenger:1234567890",
    "messagingBinding.proxyAddress": "messenger:100200300400500",
  });
  await conversation().messages.create({ body: "Hello" });
  expect(await told()).toEqual(["sent 0", "undelivered 63016"]);
});

it("of SMS are never read", async () => {
  await conversation().participants.create(PAIR);
  expect(await sim.post(`customers/${CUSTOMER}/read`)).toMatchObject({ status: 400, body: { code: 20001 } });
  await sim.post(`customers/${CUSTOMER}/behaviour`, { status: "read" });
  await conversation().messages.create({ body: "Hello" });
  expect(await told()).toEqual(["delivered 0", "sent 0"]);
});

it("are kept when the customer has left", async () => {
  const { sid: participant } = await conversation().participants.create(PAIR);
  const message = await conversation().messages.create({ body: "Hello" });
  await conversation().participants(participant).remove();
  expect(await conversation().messages(message.sid).deliveryReceipts.list()).toMatchObject([
    { participantSid: participant },
  ]);
});

it("are none for the customer who wrote", async () => {
  const { conversationSid, messageSid } = await sim.simulator.customerSends("+15550105678", "Hello", SENDER);
  const written = sim.conversations.conversations(conversationSid).messages(messageSid);
  expect(await written.deliveryReceipts.list()).toEqual([]);
  expect(await written.fetch()).toMatchObject({ delivery: null });
});

/** What webhooks said, in no order of their own. */
async function told(): Promise<string[]> {
  await sim.simulator.settled();
  return receiver.received.map(({ params }) => `${params.Status} ${params.ErrorCode}`).sort();
}
