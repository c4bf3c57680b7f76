import { startSimulator } from "../../src/simulator/simulator";
import { CUSTOMER, useSimulator } from "./use-simulator";

const sim = useSimulator();

it("gives the same SIDs for the same calls after each reset", async () => {
  const first = await sim.conversations.conversations.create();
  await sim.simulator.reset();
  const second = await sim.conversations.conversations.create();
  expect(second.sid).toBe(first.sid);
});

it("gives other SIDs to another seed", async () => {
  const other = await startSimulator({ seed: "another" });
  const sids = [other, sim.simulator].map((simulator) => simulator.world().conversations.create({}).sid);
  await other.stop();
  expect(sids[0]).not.toBe(sids[1]);
});

it("forgets everything with a reset but the time", async () => {
  await sim.conversations.conversations.create({ uniqueName: "before" });
  await sim.simulator.advance(3600);
  const ahead = sim.simulator.clock.offset();
  await sim.simulator.reset();
  expect(sim.simulator.state().conversations).toEqual([]);
  expect(sim.simulator.log.entries).toEqual([]);
  expect(sim.simulator.clock.offset()).toBeGreaterThanOrEqual(ahead);
});

it("lets no timer of the account before a reset ring after it", async () => {
  await sim.conversations.conversations.create({ state: "active", "timers.inactive": "PT10M" });
  await sim.simulator.reset();
  await sim.simulator.advance(3600);
  expect(sim.simulator.log.entries).toEqual([]);
});

it("has a fresh account made ready again after a reset", async () => {
  await sim.simulator.prepare(async () => {
    await sim.conversations.conversations.create({ uniqueName: "prepared" });
  });
  await sim.simulator.reset();
  expect(sim.simulator.state().conversations).toMatchObject([{ uniqueName: "prepared" }]);
  await sim.simulator.prepare(async () => undefined);
});

it("says that a customer's message was refused by a promise, as it says everything else", async () => {
  const sending = sim.simulator.customerSends(CUSTOMER, "Hello", "+15550100999");
  await expect(sending).rejects.toMatchObject({ status: 404, code: 21606 });
});

it("answers clearly for what it does not serve", async () => {
  const answer = await fetch(`http://127.0.0.1:${sim.simulator.port}/inbound/message-added`);
  expect({ status: answer.status, body: await answer.json() }).toMatchObject({
    status: 404,
    body: { message: "Nothing is served for 127.0.0.1/inbound/message-added" },
  });
});

it("stands on the harsher reading of every switch unless told otherwise", () => {
  expect(sim.simulator.state().switches).toMatchObject({
    studioStaysAfterSendToFlex: true,
    flexClosesConversationAt: "wrapup",
    flexCloseSendsStateEvent: false,
    studioMessagesReachWebhooks: false,
    closedConversationKeepsUniqueName: true,
    secondInteractionAccepted: true,
    interactionCreateStatus: 201,
  });
});
