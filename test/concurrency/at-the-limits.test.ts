import { useContactCentre } from "../support/contact-centre";
import { type Customer, crowdIn, oneOfEach } from "./crowd";

const CUSTOMERS = 2;
/** Past the watchdog of a Conversation that nobody has, and past the claims of those who gave up. */
const WATCHDOG_SECONDS = 25 * 60;

const centre = useContactCentre({ processes: 4, limits: { concurrent: 1_000, answerMs: 30_000 } });
const { newCustomer, twenty, holdings } = crowdIn(centre, CUSTOMERS);

/** Asks for more than Twilio lets an account have: some calls fail, and what they were for is taken up later. */
async function crowd(path: string, fields: (customer: Customer, i: number) => Record<string, string>) {
  const { twilio } = centre;
  await twilio.conversations.v1.configuration().update({ defaultInactiveTimer: "PT20M" });
  const customers = Array.from({ length: CUSTOMERS }, (_, seed) => newCustomer(seed));
  await Promise.all(customers.map((customer) => twenty(path, (i) => fields(customer, i))));
  await centre.simulator.settled();
  const most = holdings().map(({ interactions, tasks }) => Math.max(interactions, tasks));
  expect(Math.max(...most)).toBeLessThanOrEqual(1);
  await centre.simulator.advance(WATCHDOG_SECONDS);
  expect(holdings()).toEqual(oneOfEach(CUSTOMERS));
}

describe("more calls at once than Twilio answers", () => {
  it("to flex/send-to-flex double nobody, and leave nobody alone", async () => {
    await crowd("/flex/send-to-flex", ({ conversationSid, address }) => ({ conversationSid, author: address }));
  }, 60_000);

  it("to inbound/message-added double nobody, and leave nobody alone", async () => {
    await crowd("/inbound/message-added", ({ conversationSid, address }, i) => ({
      EventType: "onMessageAdded",
      ConversationSid: conversationSid,
      Author: address,
      Index: String(i),
    }));
  }, 60_000);
});
