import { sidFor } from "../../../src/simulator/sids";
import { CUSTOMER, PAIR, useSimulator } from "../use-simulator";

const sim = useSimulator();
const GREETING = sidFor("HX", "greeting");
const REJECTED = sidFor("HX", "spring_offer");
const WHATSAPP = `whatsapp:${CUSTOMER}`;
const messages = () => sim.conversations.conversations(sid).messages;

let sid: string;
beforeEach(async () => {
  ({ sid } = await sim.conversations.conversations.create());
});

it("says what its template makes of the variables, whatever else was given", async () => {
  const message = await messages().create({
    contentSid: GREETING,
    contentVariables: '{"1":"Ana","2":"a refund"}',
    body: "Ignored",
    mediaSid: `ME${"0".repeat(32)}`,
  });
  expect(message).toMatchObject({
    body: "Hello Ana, we are here to help with a refund.",
    contentSid: GREETING,
    media: null,
  });
});

it("reaches a customer as text", async () => {
  await sim.conversations.conversations(sid).participants.create(PAIR);
  await messages().create({ contentSid: GREETING });
  expect(sim.heard()).toEqual(["Hello there, we are here to help with your order."]);
});

it.each([
  ["a template that does not exist", { contentSid: `HX${"0".repeat(32)}` }, 21655],
  ["variables that are no JSON", { contentSid: GREETING, contentVariables: "{1:" }, 50527],
  ["variables that are no object", { contentSid: GREETING, contentVariables: '["Ana"]' }, 50527],
  ["variables without a template", { body: "Hello", contentVariables: '{"1":"Ana"}' }, 50528],
])("refuses %s", async (_, message, code) => {
  await expect(messages().create(message)).rejects.toMatchObject({ status: 400, code });
  expect(await messages().list()).toEqual([]);
});

describe("on WhatsApp, before the customer wrote", () => {
  beforeEach(async () => {
    await sim.conversations.conversations(sid).participants.create({
      "messagingBinding.address": WHATSAPP,
      "messagingBinding.proxyAddress": "whatsapp:+15550100200",
    });
  });

  it("is delivered when it was approved", async () => {
    expect(await endOf({ contentSid: GREETING })).toMatchObject({ status: "delivered", errorCode: 0 });
    expect(sim.heard(WHATSAPP)).toHaveLength(1);
  });

  it.each([{ contentSid: REJECTED }, { body: "Hello" }])("is not delivered otherwise: %j", async (message) => {
    expect(await endOf(message)).toMatchObject({ status: "undelivered", errorCode: 63016 });
    expect(sim.heard(WHATSAPP)).toEqual([]);
  });
});

async function endOf(message: { contentSid?: string; body?: string }) {
  const created = await messages().create(message);
  await sim.simulator.settled();
  const [receipt] = await messages()(created.sid).deliveryReceipts.list();
  return receipt;
}
