import { CUSTOMER, PAIR, SENDER, useSimulator } from "../use-simulator";

const OTHER = "+15550105678";

const sim = useSimulator();

let sid: string;
beforeEach(async () => {
  ({ sid } = await sim.conversations.conversations.create());
  await sim.conversations.conversations(sid).participants.create(PAIR);
});

it("shows what a customer wrote and received, oldest first", async () => {
  await sim.simulator.customerSends(CUSTOMER, "Hello");
  await sim.conversations.conversations(sid).messages.create({ body: "Hi there" });
  await sim.simulator.customerSends(CUSTOMER, "Thanks");
  expect(sim.world.phones.messages(CUSTOMER)).toMatchObject([
    { direction: "out", customer: CUSTOMER, sender: SENDER, body: "Hello", conversationSid: sid },
    { direction: "in", customer: CUSTOMER, sender: SENDER, body: "Hi there", conversationSid: sid },
    { direction: "out", customer: CUSTOMER, sender: SENDER, body: "Thanks", conversationSid: sid },
  ]);
});

it("shows nobody else's messages", async () => {
  await sim.simulator.customerSends(CUSTOMER, "Hello");
  expect(sim.world.phones.messages(OTHER)).toEqual([]);
});

it("tells the sender of a message where it went", async () => {
  const sent = await sim.simulator.customerSends(CUSTOMER, "Hello");
  const [message] = sim.world.conversations.messages(sid);
  expect(sent).toEqual({ messageSid: message?.sid, conversationSid: sid });
});

it("writes in the customer's own name, as their Participant", async () => {
  await sim.simulator.customerSends(CUSTOMER, "Hello");
  const [customer] = sim.world.conversations.participants(sid);
  expect(sim.world.conversations.messages(sid)).toMatchObject([{ author: CUSTOMER, participantSid: customer?.sid }]);
});

it.each([
  ["a number of somebody else's", CUSTOMER, "+15550100999", 21606],
  ["an address of another kind", `whatsapp:${CUSTOMER}`, SENDER, 50414],
  ["a phone that has no number", "4155551234", SENDER, 50407],
])("does not reach %s", async (_, from, to, code) => {
  await expect(sim.simulator.customerSends(from, "Hello", to)).rejects.toMatchObject({ code });
  expect(sim.world.phones.all).toEqual([]);
});

it.each([
  ["whatsapp:+15550101234", "whatsapp:+15550100200"],
  ["messenger:4242424242", "messenger:100200300400500"],
])("lets %s write to the account's sender of that channel, unless told otherwise", async (from, sender) => {
  const { sid: other } = await sim.conversations.conversations.create();
  await sim.conversations
    .conversations(other)
    .participants.create({ "messagingBinding.address": from, "messagingBinding.proxyAddress": sender });
  await sim.simulator.customerSends(from, "Hello");
  expect(sim.world.phones.messages(from)).toMatchObject([{ sender, conversationSid: other }]);
});
