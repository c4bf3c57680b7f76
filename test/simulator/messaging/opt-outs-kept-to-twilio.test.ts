import { CUSTOMER, PAIR, SENDER, useSimulator } from "../use-simulator";

const sim = useSimulator({ switches: { optOutKeywordsReachConversations: false } });

it("tells no Conversation of the words that Twilio answers by itself", async () => {
  const { sid } = await sim.conversations.conversations.create();
  await sim.conversations.conversations(sid).participants.create(PAIR);
  for (const body of ["Hello", "HELP", "STOP"]) await sim.simulator.customerSends(CUSTOMER, body);
  expect(await sim.conversations.conversations(sid).messages.list()).toMatchObject([{ body: "Hello" }]);
  expect(sim.world.messaging.optedOut(CUSTOMER, SENDER)).toBe(true);
  expect(sim.heard()).toHaveLength(2);
});
