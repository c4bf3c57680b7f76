import { useLevers } from "../levers/use-levers";
import { CUSTOMER, PAIR, SENDER } from "../use-simulator";

const OTHER = "+15550105678";

const levers = useLevers();
const lever = `customers/${CUSTOMER}/behaviour`;

async function statusOf(to: string) {
  const { sid } = await levers.twilio.messages.create({ from: SENDER, to, body: "Hello" });
  await levers.simulator.settled();
  const { status, errorCode } = await levers.twilio.messages(sid).fetch();
  return { status, errorCode };
}

it("is that of the one phone it was ordered for, from then on", async () => {
  expect(await levers.submit(lever, { status: "undelivered", errorCode: "30003" })).toEqual({
    status: 200,
    body: { status: "undelivered", errorCode: 30003 },
  });
  expect(await statusOf(CUSTOMER)).toEqual({ status: "undelivered", errorCode: 30003 });
  expect(await statusOf(CUSTOMER)).toEqual({ status: "undelivered", errorCode: 30003 });
  expect(await statusOf(OTHER)).toEqual({ status: "delivered", errorCode: null });
  await levers.post(lever, { status: "delivered" });
  expect(await statusOf(CUSTOMER)).toEqual({ status: "delivered", errorCode: null });
});

it("holds for what Conversations sends as well", async () => {
  await levers.post(lever, { status: "failed", errorCode: 30005 });
  const { sid } = await levers.conversations.conversations.create();
  await levers.conversations.conversations(sid).participants.create(PAIR);
  const message = await levers.conversations.conversations(sid).messages.create({ body: "Hello" });
  await levers.simulator.settled();
  expect(await levers.conversations.conversations(sid).messages(message.sid).deliveryReceipts.list()).toMatchObject([
    { status: "failed", errorCode: 30005 },
  ]);
  expect(levers.heard()).toEqual([]);
});

it("has a code where it fails for no reason given", async () => {
  await levers.post(lever, { status: "failed" });
  expect(await statusOf(CUSTOMER)).toEqual({ status: "failed", errorCode: 30008 });
});

it.each([
  ["an end that there is not", { status: "lost" }, "status"],
  ["a code that is none", { status: "failed", errorCode: "soon" }, "errorCode"],
])("cannot be %s", async (_, order, field) => {
  expect(await levers.post(lever, order)).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining(field) },
  });
});
